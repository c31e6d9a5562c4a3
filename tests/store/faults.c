/* Faults on order, between a program and its C library (LD_PRELOAD).

   Once armed, the calls that touch files are counted, or only those that change something,
   and the nth fails with an errno, or kills the process. A write that is to fail writes one
   half first. With sticky set, every changing call after it fails as well, as on a disk that
   has become read-only.

   With a trace open, each changing call that succeeds is written down, one line each, fields
   apart by tabs, so that a test can work out what a power cut would have left. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { KILL = -1 };

static int armed, calls, nth, fault, sticky, changes_only, link_fault, trace_fd = -1;

void faults_arm(int n, int what, int stays, int only_changes) {
    nth = n; fault = what; sticky = stays; changes_only = only_changes; calls = 0; armed = 1;
}

int faults_disarm(void) { armed = 0; return calls; }

/* From now on no file gets a second name. */
void faults_no_links(int what) { link_fault = what; }

void faults_trace(int fd) { trace_fd = fd; }

/* Whether this call is to fail; does not come back if it is to kill. */
static int fails(int changes) {
    if (!armed || (changes_only && !changes)) return 0;
    calls++;
    if (calls != nth && !(sticky && changes && calls > nth)) return 0;
    if (fault == KILL) kill(getpid(), SIGKILL);
    errno = fault;
    return 1;
}

static void path_of(int dir, const char *name, char *path, size_t size) {
    char link[64];
    ssize_t got;
    if (name && (name[0] == '/' || dir == AT_FDCWD)) { snprintf(path, size, "%s", name); return; }
    snprintf(link, sizeof link, "/proc/self/fd/%d", dir);
    got = readlink(link, path, size - 1);
    path[got < 0 ? 0 : got] = 0;
    if (name) {
        size_t used = strlen(path);
        snprintf(path + used, size - used, "/%s", name);
    }
}

static void put(const char *text, size_t size) {
    if (syscall(SYS_write, trace_fd, text, size) < 0) _exit(99);
}

static void trace(const char *what, int dir, const char *name, int other_dir, const char *other) {
    char path[4096], line[8300];
    int saved = errno;
    if (trace_fd < 0) return;
    path_of(dir, name, path, sizeof path);
    snprintf(line, sizeof line, "%s\t%s", what, path);
    if (other) {
        path_of(other_dir, other, path, sizeof path);
        strcat(strcat(line, "\t"), path);
    }
    strcat(line, "\n");
    put(line, strlen(line));
    errno = saved;
}

static void trace_write(int fd, const unsigned char *bytes, size_t size) {
    char path[4096], hex[3];
    int saved = errno;
    if (trace_fd < 0) return;
    path_of(fd, NULL, path, sizeof path);
    put("write\t", 6); put(path, strlen(path)); put("\t", 1);
    for (size_t at = 0; at < size; at++) { snprintf(hex, 3, "%02x", bytes[at]); put(hex, 2); }
    put("\n", 1);
    errno = saved;
}

#define REAL(name) ((__typeof__(&name)) dlsym(RTLD_NEXT, #name))

static int open_at(int dir, const char *name, int flags, mode_t mode) {
    int fd;
    if (fails(flags & O_CREAT)) return -1;
    fd = syscall(SYS_openat, dir, name, flags, mode);
    if (fd >= 0 && (flags & O_CREAT)) trace("create", dir, name, 0, NULL);
    return fd;
}

#define MODE va_list args; va_start(args, flags); mode_t mode = va_arg(args, mode_t); va_end(args)
int open(const char *name, int flags, ...) { MODE; return open_at(AT_FDCWD, name, flags, mode); }
int open64(const char *name, int flags, ...) { MODE; return open_at(AT_FDCWD, name, flags, mode); }
int openat(int dir, const char *name, int flags, ...) { MODE; return open_at(dir, name, flags, mode); }
int openat64(int dir, const char *name, int flags, ...) { MODE; return open_at(dir, name, flags, mode); }

ssize_t write(int fd, const void *bytes, size_t size) {
    if (armed && calls + 1 == nth && size > 1) {
        ssize_t half = syscall(SYS_write, fd, bytes, size / 2);
        if (half > 0) trace_write(fd, bytes, half);
    }
    if (fails(1)) return -1;
    ssize_t done = syscall(SYS_write, fd, bytes, size);
    if (done > 0) trace_write(fd, bytes, done);
    return done;
}

int fsync(int fd) {
    if (fails(1)) return -1;
    int done = REAL(fsync)(fd);
    if (!done) trace("fsync", fd, NULL, 0, NULL);
    return done;
}

int fchmod(int fd, mode_t mode) {
    return fails(1) ? -1 : REAL(fchmod)(fd, mode);
}

int ftruncate64(int fd, off_t size) {
    return fails(1) ? -1 : REAL(ftruncate64)(fd, size);
}

int renameat(int from, const char *old, int to, const char *new) {
    if (fails(1)) return -1;
    int done = REAL(renameat)(from, old, to, new);
    if (!done) trace("rename", from, old, to, new);
    return done;
}

int linkat(int from, const char *old, int to, const char *new, int flags) {
    if (link_fault) { errno = link_fault; return -1; }
    if (fails(1)) return -1;
    int done = REAL(linkat)(from, old, to, new, flags);
    if (!done) trace("link", from, old, to, new);
    return done;
}

int unlinkat(int dir, const char *name, int flags) {
    if (fails(1)) return -1;
    char path[4096] = "";
    if (trace_fd >= 0) path_of(dir, name, path, sizeof path);
    int done = REAL(unlinkat)(dir, name, flags);
    if (!done) trace("unlink", AT_FDCWD, path, 0, NULL);
    return done;
}

int mkdirat(int dir, const char *name, mode_t mode) {
    if (fails(1)) return -1;
    int done = REAL(mkdirat)(dir, name, mode);
    if (!done) trace("mkdir", dir, name, 0, NULL);
    return done;
}
