/* Faults on order, between a program and its C library (LD_PRELOAD).

   Once armed, the calls that touch files are counted, those of the least kind and above, and
   the nth fails with an errno, kills the process, or stops it before it goes on. A write that
   is to fail writes one half first. With sticky set, every changing call after it fails as
   well, as on a disk that has become read-only.

   With a trace open, each changing call that succeeds is written down, one line each, fields
   apart by tabs, so that a test can work out what a power cut would have left. */

#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { KILL = -1, STOP = -2 };
enum { LOOK = -1, OPEN = 0, CHANGE = 1 };

static int armed, calls, nth, fault, sticky, least, link_fault, trace_fd = -1;

void faults_arm(int n, int what, int stays, int least_kind) {
    nth = n; fault = what; sticky = stays; least = least_kind; calls = 0; armed = 1;
}

int faults_disarm(void) { armed = 0; return calls; }

/* From now on no file gets a second name. */
void faults_no_links(int what) { link_fault = what; }

void faults_trace(int fd) { trace_fd = fd; }

/* Whether this call is to fail; does not come back if it is to kill. */
static int fails(int kind) {
    if (!armed || kind < least) return 0;
    calls++;
    if (calls != nth && !(sticky && kind == CHANGE && calls > nth)) return 0;
    if (fault == KILL) kill(getpid(), SIGKILL);
    if (fault == STOP) { kill(getpid(), SIGSTOP); return 0; }
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
    if (fails(flags & O_CREAT ? CHANGE : OPEN)) return -1;
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
    if (armed && fault != STOP && calls + 1 == nth && size > 1) {
        ssize_t half = syscall(SYS_write, fd, bytes, size / 2);
        if (half > 0) trace_write(fd, bytes, half);
    }
    if (fails(CHANGE)) return -1;
    ssize_t done = syscall(SYS_write, fd, bytes, size);
    if (done > 0) trace_write(fd, bytes, done);
    return done;
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at) {
    return fails(CHANGE) ? -1 : REAL(pwrite64)(fd, bytes, size, at);
}

int fsync(int fd) {
    if (fails(CHANGE)) return -1;
    int done = REAL(fsync)(fd);
    if (!done) trace("fsync", fd, NULL, 0, NULL);
    return done;
}

int fchmod(int fd, mode_t mode) {
    return fails(CHANGE) ? -1 : REAL(fchmod)(fd, mode);
}

int ftruncate64(int fd, off_t size) {
    return fails(CHANGE) ? -1 : REAL(ftruncate64)(fd, size);
}

int renameat(int from, const char *old, int to, const char *new) {
    if (fails(CHANGE)) return -1;
    int done = REAL(renameat)(from, old, to, new);
    if (!done) trace("rename", from, old, to, new);
    return done;
}

int linkat(int from, const char *old, int to, const char *new, int flags) {
    if (link_fault) { errno = link_fault; return -1; }
    if (fails(CHANGE)) return -1;
    int done = REAL(linkat)(from, old, to, new, flags);
    if (!done) trace("link", from, old, to, new);
    return done;
}

int unlinkat(int dir, const char *name, int flags) {
    if (fails(CHANGE)) return -1;
    char path[4096] = "";
    if (trace_fd >= 0) path_of(dir, name, path, sizeof path);
    int done = REAL(unlinkat)(dir, name, flags);
    if (!done) trace("unlink", AT_FDCWD, path, 0, NULL);
    return done;
}

int mkdirat(int dir, const char *name, mode_t mode) {
    if (fails(CHANGE)) return -1;
    int done = REAL(mkdirat)(dir, name, mode);
    if (!done) trace("mkdir", dir, name, 0, NULL);
    return done;
}

/* Names that stand for themselves: no part of any desk, and so of no trace. */

int rename(const char *old, const char *new) {
    return fails(CHANGE) ? -1 : REAL(rename)(old, new);
}

int unlink(const char *name) { return fails(CHANGE) ? -1 : REAL(unlink)(name); }

int mkdir(const char *name, mode_t mode) {
    return fails(CHANGE) ? -1 : REAL(mkdir)(name, mode);
}

/* What only looks. */

typedef struct stat64 found;

ssize_t read(int fd, void *bytes, size_t size) {
    return fails(LOOK) ? -1 : syscall(SYS_read, fd, bytes, size);
}

ssize_t pread64(int fd, void *bytes, size_t size, off64_t at) {
    return fails(LOOK) ? -1 : REAL(pread64)(fd, bytes, size, at);
}

struct dirent64 *readdir64(DIR *folder) {
    return fails(LOOK) ? NULL : REAL(readdir64)(folder);
}

ssize_t readlink(const char *name, char *bytes, size_t size) {
    return fails(LOOK) ? -1 : REAL(readlink)(name, bytes, size);
}

int stat64(const char *name, found *to) { return fails(LOOK) ? -1 : REAL(stat64)(name, to); }
int lstat64(const char *name, found *to) { return fails(LOOK) ? -1 : REAL(lstat64)(name, to); }
int fstat64(int fd, found *to) { return fails(LOOK) ? -1 : REAL(fstat64)(fd, to); }

int fstatat64(int dir, const char *name, found *to, int flags) {
    return fails(LOOK) ? -1 : REAL(fstatat64)(dir, name, to, flags);
}

int fstatvfs64(int fd, struct statvfs64 *to) {
    return fails(LOOK) ? -1 : REAL(fstatvfs64)(fd, to);
}

int flock(int fd, int how) { return fails(LOOK) ? -1 : REAL(flock)(fd, how); }
