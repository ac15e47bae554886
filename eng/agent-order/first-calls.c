/* first-calls SECONDS ADDRESSES CALLS PROGRAM ARGUMENT...: runs a program for a while and writes which of the addresses of functions (hexadecimal, rising,
 * one a line) it comes to, in the order of the first time. Each gets a breakpoint, which is taken out when it is met. Linux on x86-64. */
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const unsigned char breakpoint = 0xcc;
static unsigned long *addresses;
static unsigned char *first_bytes;
static size_t count;
static int memory;

static void read_addresses(const char *path)
{
    FILE *file = fopen(path, "r");
    if (file == NULL)
        err(1, "%s", path);
    size_t room = 0;
    for (unsigned long address; fscanf(file, "%lx", &address) == 1; addresses[count++] = address)
        if (count == room && (addresses = realloc(addresses, (room = 2 * room + 1024) * sizeof *addresses)) == NULL)
            err(1, "addresses");
    fclose(file);
    if (count == 0 || (first_bytes = calloc(count, 1)) == NULL)
        errx(1, "%s holds no address", path);
}

static void set_breakpoints(pid_t process)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/mem", process);
    if ((memory = open(path, O_RDWR | O_CLOEXEC)) < 0)
        err(1, "%s", path);
    for (size_t i = 0; i < count; i++)
        if (pread(memory, &first_bytes[i], 1, (off_t)addresses[i]) != 1 || pwrite(memory, &breakpoint, 1, (off_t)addresses[i]) != 1)
            err(1, "breakpoint at %lx; the program has to be at its fixed address", addresses[i]);
}

static int compare(const void *left, const void *right)
{
    unsigned long a = *(const unsigned long *)left, b = *(const unsigned long *)right;
    return (a > b) - (a < b);
}

/* Takes a breakpoint out and sets its thread back to it; false when there was none of ours. */
static bool meet(pid_t thread, FILE *calls)
{
    struct user_regs_struct registers;
    if (ptrace(PTRACE_GETREGS, thread, NULL, &registers) != 0)
        return false;
    unsigned long address = registers.rip - 1;
    unsigned long *found = bsearch(&address, addresses, count, sizeof *addresses, compare);
    if (found == NULL)
        return false;
    unsigned char now;
    unsigned char before = first_bytes[found - addresses];
    if (pread(memory, &now, 1, (off_t)address) == 1 && now == breakpoint && before != breakpoint) {
        if (pwrite(memory, &before, 1, (off_t)address) != 1)
            err(1, "%lx", address);
        fprintf(calls, "%016lx\n", address);
    }
    registers.rip = address;
    ptrace(PTRACE_SETREGS, thread, NULL, &registers);
    return true;
}

int main(int argc, char **argv)
{
    if (argc < 5)
        errx(2, "usage: first-calls SECONDS ADDRESSES CALLS PROGRAM ARGUMENT...");
    read_addresses(argv[2]);
    FILE *calls = fopen(argv[3], "w");
    if (calls == NULL)
        err(1, "%s", argv[3]);
    pid_t process = fork();
    if (process == 0) {
        ptrace(PTRACE_TRACEME, 0, NULL, NULL);
        execv(argv[4], argv + 4);
        err(1, "%s", argv[4]);
    }
    int status;
    if (process < 0 || waitpid(process, &status, 0) != process || !WIFSTOPPED(status))
        errx(1, "%s does not start", argv[4]);
    ptrace(PTRACE_SETOPTIONS, process, NULL, PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL);
    set_breakpoints(process);
    ptrace(PTRACE_CONT, process, NULL, NULL);

    time_t end = time(NULL) + atoi(argv[1]);
    bool told = false;
    for (;;) {
        pid_t thread = waitpid(-1, &status, __WALL | WNOHANG);
        if (thread == 0) {
            if (!told && time(NULL) >= end)
                told = kill(process, SIGTERM) == 0;
            usleep(200);
        } else if (thread < 0 || (thread == process && (WIFEXITED(status) || WIFSIGNALED(status)))) {
            break;
        } else if (WIFSTOPPED(status)) {
            int sent = WSTOPSIG(status);
            /* A new thread begins with a stop; its birth is an event of its parent's. */
            bool ours = status >> 16 != 0 || sent == SIGSTOP || (sent == SIGTRAP && meet(thread, calls));
            ptrace(PTRACE_CONT, thread, NULL, (void *)(long)(ours ? 0 : sent));
        }
    }
    return fclose(calls) == 0 ? 0 : 1;
}
