# Sourced by a run script with its arguments, in the repository's root: sets `server`, the address of an Elasticsearch, `options`, the
# other arguments, and `work`, a directory for the run. The server is --server, else ELECTRICBRAIN_ES_URL, else one of the lab that
# ends with the script.
work=$(mktemp -d "${TMPDIR:-/tmp}/peer.XXXXXX")
chmod a+rx "$work" # Elasticsearch does not run as root
server=${ELECTRICBRAIN_ES_URL:-} options=() lab=
root=$PWD
finish() {
  [ -z "$lab" ] || "$root/eng/lab/elasticsearch" down "$lab" || true
  rm -rf "$work"
}
trap finish EXIT
while [ $# -gt 0 ]; do
  case $1 in
    --server) server=${2:?--server needs an address}; shift 2 ;;
    *) options+=("$1"); shift ;;
  esac
done
if [ -z "$server" ]; then
  lab=$work/lab
  server=$(eng/lab/elasticsearch up "$lab")
fi
