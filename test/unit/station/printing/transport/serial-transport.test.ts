import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { nodeDeviceProgram } from "../../../../../station/printing/transport/device-program.ts";
import { serialTransport } from "../../../../../station/printing/transport/serial-transport.ts";
import { DEVICE_PROCESS, namedPipe, pipeReader, temporaryFolder } from "../../../../fixtures/device-harness.ts";

/* A whole ticket over a serial line is in device-wire.test.ts. */

const start = nodeDeviceProgram(DEVICE_PROCESS);
const open = (path: string, signal = new AbortController().signal) =>
	serialTransport(path, 230_400, start).open(signal);

afterEach(() => vi.unstubAllEnvs());

test("the line is set before it is opened", async () => {
	const folder = temporaryFolder();
	writeFileSync(join(folder, "stty"), `#!/bin/sh\necho "$@" > ${folder}/said\n`);
	chmodSync(join(folder, "stty"), 0o755);
	const path = namedPipe();
	pipeReader(path);
	vi.stubEnv("PATH", folder);
	(await open(path)).destroy();
	expect(readFileSync(join(folder, "said"), "utf8")).toBe(
		`-F ${path} 230400 raw -echo cs8 -cstopb -parenb clocal crtscts -hupcl\n`,
	);
});

test("no such line, no serial line, no stty, closed meanwhile", async () => {
	await expect(open(join(temporaryFolder(), "ttyS9"))).rejects.toMatchObject({ code: "no-device" });
	await expect(open("/dev/null")).rejects.toMatchObject({ code: "not-serial" });
	await expect(open("/dev/null", AbortSignal.abort())).rejects.toMatchObject({ code: "closed" });
	vi.stubEnv("PATH", temporaryFolder());
	await expect(open("/dev/null")).rejects.toMatchObject({ code: "no-stty" });
});
