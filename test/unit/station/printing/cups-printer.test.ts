import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { openPrinter } from "../../../../station/printing/open-printer.ts";
import { temporaryFolder } from "../../../fixtures/device-harness.ts";
import { plainPicture, QUICK_TIMES } from "../../../fixtures/print-harness.ts";
import { decodeStrictly } from "../../../fixtures/strict-decoder.ts";

afterEach(() => vi.unstubAllEnvs());

const ACCEPTS = 'echo "front-desk accepting requests since Mon"\necho "printer front-desk is idle.  enabled since Mon"';

/** A spooler of scripts. `lp` keeps each job as a file. */
function spooler({ lp = 'cat > "$0.$$"; mv "$0.$$" "$0.job"', lpstat = ACCEPTS } = {}) {
	const folder = join(temporaryFolder(), "bin");
	mkdirSync(folder);
	const install = (name: string, body: string) => {
		writeFileSync(join(folder, name), `#!/bin/sh\necho "$@" >> "$0.said"\n${body}\n`);
		chmodSync(join(folder, name), 0o755);
	};
	install("lp", lp);
	install("lpstat", lpstat);
	vi.stubEnv("PATH", `${folder}${delimiter}/usr/bin${delimiter}/bin`);
	const said = (name: string) =>
		readFileSync(join(folder, `${name}.said`), "utf8")
			.trim()
			.split("\n");
	const job = () => new Uint8Array(readFileSync(join(folder, "lp.job")));
	return { folder, install, said, job };
}

function open() {
	const printer = openPrinter("lp:front-desk", {
		times: { ...QUICK_TIMES, answerMs: 3_000, writeMs: 3_000 },
	});
	onTestFinished(() => printer.close());
	return printer;
}

test("a ticket is one job with its very bytes, and is never confirmed", async () => {
	const { said, job } = spooler();
	const printer = open();
	expect(await printer.check()).toEqual({ condition: "ready", paperNearEnd: false });
	const { sendResult, confirmation } = printer.print(plainPicture());
	expect(await sendResult).toEqual({ kind: "sent" });
	expect(await confirmation).toEqual({ kind: "doubtful", reason: "spooler" });
	expect(said("lp")).toEqual(["-d front-desk -o raw"]);
	expect(decodeStrictly(job())).toMatchObject({ cuts: 1, pictures: [plainPicture()] });
	expect(said("lpstat").at(0)).toBe("-a front-desk -p front-desk");
});

test("after a doubt the next ticket begins with a cut, and only that one", async () => {
	const { job } = spooler();
	const printer = open();
	await printer.check();
	printer.doubt();
	await printer.print(plainPicture()).sendResult;
	expect(decodeStrictly(job()).cuts).toBe(2);
	await printer.print(plainPicture()).sendResult;
	expect(decodeStrictly(job()).cuts).toBe(1);
});

test("no lp on this machine: unreachable, nothing is sent", async () => {
	vi.stubEnv("PATH", temporaryFolder());
	const printer = open();
	expect((await printer.check()).condition).toBe("unreachable");
	expect(await printer.print(plainPicture()).sendResult).toEqual({ kind: "untouched", reason: "unreachable" });
});

test.each([
	["no such queue", "exit 1", "unreachable"],
	["a queue that takes no jobs", 'echo "front-desk not accepting requests since Mon -"', "offline"],
	["a queue that is stopped", `${ACCEPTS}\necho "printer front-desk disabled since Mon -"`, "offline"],
])("%s: nothing is sent, and it is seen when it is mended", async (_name, lpstat, condition) => {
	const { folder, install } = spooler({ lpstat });
	const printer = open();
	const seen: string[] = [];
	printer.onStatus((status) => void seen.push(status.condition));
	expect((await printer.check()).condition).toBe(condition);
	expect(await printer.print(plainPicture()).sendResult).toEqual({ kind: "untouched", reason: condition });
	expect(existsSync(join(folder, "lp.said"))).toBe(false);
	install("lpstat", ACCEPTS);
	expect((await printer.check()).condition).toBe("ready");
	expect(seen.at(-1)).toBe("ready");
});

test("lp fails: interrupted, for the job may be in the queue all the same", async () => {
	spooler({ lp: "exit 1" });
	const printer = open();
	await printer.check();
	expect(await printer.print(plainPicture(576, 20_000)).sendResult).toEqual({
		kind: "interrupted",
		reason: "spooler-refused",
	});
});

test("lp cannot be started: untouched, nothing of the ticket is anywhere", async () => {
	spooler();
	const printer = open();
	await printer.check();
	vi.stubEnv("PATH", temporaryFolder());
	expect(await printer.print(plainPicture()).sendResult).toEqual({ kind: "untouched", reason: "no-lp" });
});

test("lp never ends: interrupted by the deadline, or when the station closes", async () => {
	spooler({ lp: "exec sleep 30" });
	const slow = openPrinter("lp:front-desk", { times: { answerMs: 3_000, writeMs: 200 } });
	await slow.check();
	expect(await slow.print(plainPicture()).sendResult).toEqual({ kind: "interrupted", reason: "write-timeout" });
	await slow.close();
	const printer = open();
	await printer.check();
	const { sendResult } = printer.print(plainPicture());
	await printer.close();
	expect(await sendResult).toEqual({ kind: "interrupted", reason: "closed" });
});
