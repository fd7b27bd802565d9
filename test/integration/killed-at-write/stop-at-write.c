/*
 * A development proof, never part of the product: loaded before the C library (LD_PRELOAD), it ends a program at a chosen
 * write to one folder, or has the disk be full from there on. The test and every process of the program share the file
 * STOP_AT_WRITE_CONTROL as three 32-bit numbers: what happens (0 nothing, 1 killed, 2 disk full), how many changes are
 * still made before it happens, and how many were made. STOP_AT_WRITE_FOLDER names the folder.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

enum { NOTHING, KILLED, FULL };

struct control {
	_Atomic int what, left, made;
};

static struct control *control;
static const char *folder;

__attribute__((constructor)) static void begin(void) {
	const char *file = getenv("STOP_AT_WRITE_CONTROL");
	folder = getenv("STOP_AT_WRITE_FOLDER");
	if (!file || !folder) return;
	int fd = REAL(open)(file, O_RDWR | O_CLOEXEC);
	if (fd < 0) return;
	void *shared = mmap(0, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	if (shared != MAP_FAILED) control = shared;
}

/* Before each change: 1 where there is no room for it. */
static int stopped(int takes_room) {
	int what = control->what;
	atomic_fetch_add(&control->made, 1);
	if (what == NOTHING) return 0;
	int left = atomic_fetch_sub(&control->left, 1);
	if (left > 1) return 0;
	if (what == KILLED) {
		if (left == 1) kill(getpid(), SIGKILL);
		return 0;
	}
	return takes_room;
}

static int is_ours(const char *path) { return control && path && strncmp(path, folder, strlen(folder)) == 0; }

static int is_ours_fd(int fd) {
	char link[64], path[PATH_MAX];
	if (!control || fd < 3) return 0;
	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	ssize_t length = readlink(link, path, sizeof path - 1);
	if (length < 0) return 0;
	path[length] = 0;
	return is_ours(path);
}

#define REFUSE_FD(fd, room) \
	if (is_ours_fd(fd) && stopped(room)) return errno = ENOSPC, -1
#define REFUSE(path, room) \
	if (is_ours(path) && stopped(room)) return errno = ENOSPC, -1

ssize_t write(int fd, const void *data, size_t size) {
	REFUSE_FD(fd, 1);
	return REAL(write)(fd, data, size);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
	REFUSE_FD(fd, 1);
	return REAL(pwrite64)(fd, data, size, at);
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { return pwrite64(fd, data, size, at); }
ssize_t writev(int fd, const struct iovec *parts, int count) {
	REFUSE_FD(fd, 1);
	return REAL(writev)(fd, parts, count);
}
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t at) {
	REFUSE_FD(fd, 1);
	return REAL(pwritev64)(fd, parts, count, at);
}
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) { return pwritev64(fd, parts, count, at); }
int fsync(int fd) {
	REFUSE_FD(fd, 0);
	return REAL(fsync)(fd);
}
int fdatasync(int fd) {
	REFUSE_FD(fd, 0);
	return REAL(fdatasync)(fd);
}
int ftruncate64(int fd, off64_t length) {
	REFUSE_FD(fd, 0);
	return REAL(ftruncate64)(fd, length);
}
int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }
int rename(const char *from, const char *to) {
	REFUSE(to, 1);
	return REAL(rename)(from, to);
}
int link(const char *from, const char *to) {
	REFUSE(to, 1);
	return REAL(link)(from, to);
}
int mkdir(const char *path, mode_t mode) {
	REFUSE(path, 1);
	return REAL(mkdir)(path, mode);
}
int unlink(const char *path) {
	REFUSE(path, 0);
	return REAL(unlink)(path);
}
int rmdir(const char *path) {
	REFUSE(path, 0);
	return REAL(rmdir)(path);
}
int open64(const char *path, int flags, ...) {
	mode_t mode = 0;
	if (flags & (O_CREAT | __O_TMPFILE)) {
		va_list rest;
		va_start(rest, flags);
		mode = va_arg(rest, mode_t);
		va_end(rest);
		/* A file that is not there yet takes room in its folder. */
		if (is_ours(path) && access(path, F_OK) != 0 && stopped(1)) return errno = ENOSPC, -1;
	}
	return REAL(open64)(path, flags, mode);
}
int open(const char *path, int flags, ...) {
	mode_t mode = 0;
	if (flags & (O_CREAT | __O_TMPFILE)) {
		va_list rest;
		va_start(rest, flags);
		mode = va_arg(rest, mode_t);
		va_end(rest);
	}
	return open64(path, flags, mode);
}
