import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { openPrinter } from "../../../../station/printing/open-printer.ts";
import { parsePrinterUrl } from "../../../../station/printing/printer-url.ts";
import { temporaryFolder } from "../../../fixtures/device-harness.ts";
import { plainPicture, QUICK_TIMES } from "../../../fixtures/print-harness.ts";
import { decodeStrictly } from "../../../fixtures/strict-decoder.ts";

/* On Windows nobody has run this. Here a shell script stands where PowerShell would be. */

afterEach(() => vi.unstubAllEnvs());

/** It does what PAIHAO_ACT says, and keeps each script that it was given. */
function powershell(state = "Normal") {
	const folder = join(temporaryFolder(), "bin");
	mkdirSync(folder);
	const body = `#!/bin/sh
here="$(dirname "$0")"
echo "$4" | base64 -d > "$here/$PAIHAO_ACT.script"
echo "$PAIHAO_QUEUE" > "$here/queue"
case "$PAIHAO_ACT" in
state) echo "${state}" ;;
waiting) cat "$here/waiting" 2>/dev/null; exit 0 ;;
cancel) echo "$PAIHAO_JOB" > "$here/cancelled"; rm "$here/waiting" ;;
submit) cat > "$here/job"; echo "job 7" ;;
esac
`;
	writeFileSync(join(folder, "powershell.exe"), body);
	chmodSync(join(folder, "powershell.exe"), 0o755);
	vi.stubEnv("PATH", `${folder}${delimiter}/usr/bin${delimiter}/bin`);
	return folder;
}

function open() {
	const times = { ...QUICK_TIMES, answerMs: 3_000, writeMs: 3_000 };
	const printer = openPrinter("win:EPSON+TM-T20II%20Receipt", { times, platform: "win32" });
	onTestFinished(() => printer.close());
	return printer;
}

test("a ticket is one raw job with its very bytes, and is never confirmed", async () => {
	const folder = powershell();
	const printer = open();
	expect((await printer.check()).condition).toBe("ready");
	const { sendResult, confirmation } = printer.print(plainPicture());
	expect(await sendResult).toEqual({ kind: "sent" });
	expect(await confirmation).toEqual({ kind: "doubtful", reason: "spooler" });
	expect(decodeStrictly(new Uint8Array(readFileSync(join(folder, "job"))))).toMatchObject({
		pictures: [plainPicture()],
	});
	expect(readFileSync(join(folder, "queue"), "utf8").trim()).toBe("EPSON TM-T20II Receipt");
	const script = readFileSync(join(folder, "submit.script")).toString("utf16le");
	expect(script).toContain('Type = "RAW"');
});

test("while its job waits the printer is not ready; withdrawn, it is", async () => {
	const folder = powershell();
	const printer = open();
	await printer.check();
	const attempt = printer.print(plainPicture());
	await attempt.sendResult;
	writeFileSync(join(folder, "waiting"), "7\n");
	expect(await printer.check()).toMatchObject({ condition: "offline", reason: "job-waiting" });
	await attempt.withdraw?.(false);
	expect(readFileSync(join(folder, "cancelled"), "utf8").trim()).toBe("7");
	expect(printer.status.condition).toBe("ready");
});

test.each([
	["Paused", "offline"],
	["Offline", "offline"],
	["missing", "unreachable"],
])("a printer that is %s gets nothing", async (state, condition) => {
	const folder = powershell(state);
	const printer = open();
	expect((await printer.check()).condition).toBe(condition);
	expect((await printer.print(plainPicture()).sendResult).kind).toBe("untouched");
	expect(existsSync(join(folder, "job"))).toBe(false);
});

test("on another system it is refused with what to use there", () => {
	expect(() => openPrinter("win:Receipt", { platform: "linux" })).toThrow(
		expect.objectContaining({ code: "PRINTER_NOT_HERE" }),
	);
});

test.each(["win:", "win:a,b", "win:a!b", "win:%2C", "win:%", "win:a%0Ab", "win:+"])("%j is refused", (url) => {
	expect(() => parsePrinterUrl(url)).toThrow(expect.objectContaining({ code: "PRINTER_URL" }));
});
