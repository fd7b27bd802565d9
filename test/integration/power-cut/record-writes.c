/*
 * A development proof, never part of the product: loaded before the C library (LD_PRELOAD), it writes down what a
 * process does to the files of one folder, in its order, so that a power cut can be played at every point of it
 * (test/power-cut). PAIHAO_RECORD_FOLDER names the folder, PAIHAO_RECORD_LOG the file that is written.
 *
 * A record: one byte of kind, 8 bytes of offset or length, 4 bytes of path length, 4 bytes of data length (little
 * endian), the path, the data. Kinds: W write, T truncate, S fsync, U unlink, M a mark (the data says what was told).
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int log_file = -1;

static const char *folder(void) { return getenv("PAIHAO_RECORD_FOLDER"); }

static void put(char kind, uint64_t number, const char *path, const void *data, uint32_t size) {
	static ssize_t (*real_write)(int, const void *, size_t);
	if (!real_write) real_write = dlsym(RTLD_NEXT, "write");
	if (log_file < 0) {
		int (*real_open)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
		log_file = real_open(getenv("PAIHAO_RECORD_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
		if (log_file < 0) abort();
	}
	uint32_t length = strlen(path);
	size_t all = 17 + length + size;
	char *record = malloc(all);
	record[0] = kind;
	memcpy(record + 1, &number, 8);
	memcpy(record + 9, &length, 4);
	memcpy(record + 13, &size, 4);
	memcpy(record + 17, path, length);
	if (size) memcpy(record + 17 + length, data, size);
	if (real_write(log_file, record, all) != (ssize_t)all) abort();
	free(record);
}

/* The path of an open file where it lies in the folder. */
static int path_of(int fd, char *path) {
	char link[64];
	if (!folder()) return 0;
	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	ssize_t length = readlink(link, path, 4095);
	if (length < 0) return 0;
	path[length] = 0;
	return strncmp(path, folder(), strlen(folder())) == 0;
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset) {
	ssize_t written = REAL(pwrite64)(fd, data, size, offset);
	char path[4096];
	if (written > 0 && path_of(fd, path)) put('W', offset, path, data, written);
	return written;
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) { return pwrite64(fd, data, size, offset); }

ssize_t write(int fd, const void *data, size_t size) {
	static ssize_t (*real)(int, const void *, size_t);
	if (!real) real = dlsym(RTLD_NEXT, "write");
	char path[4096];
	int ours = fd > 2 && path_of(fd, path);
	off_t offset = ours ? lseek(fd, 0, SEEK_CUR) : 0;
	ssize_t written = real(fd, data, size);
	if (ours && written > 0) put('W', offset, path, data, written);
	return written;
}

int ftruncate64(int fd, off64_t length) {
	int result = REAL(ftruncate64)(fd, length);
	char path[4096];
	if (result == 0 && path_of(fd, path)) put('T', length, path, 0, 0);
	return result;
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

int fsync(int fd) {
	int result = REAL(fsync)(fd);
	char path[4096];
	if (result == 0 && path_of(fd, path)) put('S', 0, path, 0, 0);
	return result;
}

int fdatasync(int fd) {
	int result = REAL(fdatasync)(fd);
	char path[4096];
	if (result == 0 && path_of(fd, path)) put('S', 0, path, 0, 0);
	return result;
}

int unlink(const char *path) {
	int result = REAL(unlink)(path);
	if (result == 0 && folder() && strncmp(path, folder(), strlen(folder())) == 0) put('U', 0, path, 0, 0);
	/* A file that is never there: its name is a mark, put where the process tells something. */
	const char *mark = strstr(path, "/mark-");
	if (folder() && mark) put('M', 0, path, mark + 6, strlen(mark + 6));
	return result;
}
