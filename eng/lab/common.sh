# shellcheck shell=bash disable=SC2034
# What the lab's scripts share. Sourced by them, never run.
#
# Two marks say what belongs to a lab, so that nothing else is ever touched and a half-dead lab is found again:
# each process carries ELECTRICBRAIN_LAB=DIR/PART in its environment, the bridge carries DIR as its alias.
set -euo pipefail

lab_scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly lab_scripts
# The exit code that says "a component is missing here", as opposed to "it failed".
readonly component_missing=77

fail() { echo "lab: $*" >&2; exit 1; }
missing() { echo "lab: $*" >&2; exit "$component_missing"; }

need() { # COMMAND PACKAGE
  command -v "$1" > /dev/null || missing "$1 is not installed (Debian: apt-get install -y $2)"
}

need_root() {
  [ "$(id -u)" = 0 ] || missing "network namespaces need root"
}

make_lab() { # DIR: makes it and prints its full path
  mkdir -p "$1" && (cd "$1" && pwd -P)
}

wait_until() { # SECONDS PART WHAT COMMAND...: fails with the log's tail when the part ends, or the command does not succeed in time
  local seconds=$1 part=$2 what=$3 start=$SECONDS
  shift 3
  until "$@" > /dev/null 2>&1; do
    if [ $((SECONDS - start)) -ge "$seconds" ] || { [ $((SECONDS - start)) -ge 3 ] && ! running "$part"; }; then
      tail -n 20 "$part/log" >&2
      fail "$what did not come up within $seconds s; its log: $part/log"
    fi
    sleep 0.2
  done
}

# --- processes ---

spawn() { # PART COMMAND...: starts the command in a session of its own, marked as belonging to the part; its log is PART/log
  local part=$1
  shift
  ELECTRICBRAIN_LAB=$part setsid "$@" >> "$part/log" 2>&1 < /dev/null &
}

processes_of() { # PART: the ids of its processes and of those of the parts below it, one a line
  local pattern
  pattern=$(printf %s "$1" | sed 's/[][\\.*^$+?(){}|]/\\&/g')
  grep -lzE "^ELECTRICBRAIN_LAB=$pattern(/|\$)" /proc/[0-9]*/environ 2> /dev/null | cut -d/ -f3 || true
}

running() { [ -n "$(processes_of "$1")" ]; } # PART

kill_processes() { # PART
  local pids
  for _ in $(seq 100); do
    mapfile -t pids < <(processes_of "$1")
    [ ${#pids[@]} -gt 0 ] || return 0
    kill -KILL "${pids[@]}" 2> /dev/null || true
    sleep 0.1
  done
  fail "processes of $1 do not end: ${pids[*]}"
}

# --- network ---

bridges_of() { # DIR: the bridges marked with it; one, or none
  local alias
  for alias in /sys/class/net/eblab*/ifalias; do
    if [ -r "$alias" ] && [ "$(< "$alias")" = "$1" ]; then basename "$(dirname "$alias")"; fi
  done
}

bridge_address() { echo "198.18.${1#eblab}.1"; } # BRIDGE

free_port() { # a port of the loopback address that is free, and so is the one 10000 above it; both below the ports that connections are given, from 32768 on
  local port
  for _ in $(seq 100); do
    port=$((20000 + RANDOM % 2768))
    listening "$port" || listening $((port + 10000)) || { echo "$port"; return; }
  done
  fail "no free port between 20000 and 22767"
}

listening() { (exec 3<> "/dev/tcp/${2:-127.0.0.1}/$1") 2> /dev/null; } # PORT [ADDRESS]
