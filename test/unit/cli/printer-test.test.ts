import { describe, expect, onTestFinished, test } from "vitest";
import { networkPrinter } from "../../fixtures/print-harness.ts";
import { runCommand } from "../../fixtures/spawned-process.ts";

const linesOf = (stdout: string) =>
	stdout
		.trim()
		.split("\n")
		.map((line) => JSON.parse(line));

describe("paihao printer test", () => {
	test("prints the sheet, says what the printer can do, and makes an address of the answers", async () => {
		const printer = await networkPrinter(576, "clone-no-id");
		onTestFinished(printer.close);
		const place = printer.url.replace(/\?.*/, "");
		const answers = ["--width", "512", "--picture", "torn", "--cut", "none"];
		const { code, stdout } = await runCommand(["printer", "test", "--printer", place, ...answers]);
		expect(code).toBe(0);
		expect(linesOf(stdout)).toEqual([
			{
				printed: true,
				proof: "sent",
				description: "This printer can report paper, cover and errors, but cannot confirm a ticket.",
				answers: { width: 512, picture: "torn", cut: "none" },
				printer: `${place}?width=512&cut=none&band=4KB`,
			},
		]);
		await printer.simulator.settled();
		expect(printer.papers).toHaveLength(1);
	});

	test("without answers it says how to give them", async () => {
		const printer = await networkPrinter();
		onTestFinished(printer.close);
		const { code, stdout } = await runCommand(["printer", "test", "--printer", printer.url]);
		expect({ code, lines: linesOf(stdout) }).toEqual({
			code: 0,
			lines: [{ printed: true, proof: "confirmed", description: expect.stringContaining("confirm a ticket") }],
		});
	});

	test("a printer that cannot print: one sentence that says what to do", async () => {
		const printer = await networkPrinter();
		onTestFinished(printer.close);
		printer.simulator.change({ coverOpen: true });
		const { code, stderr } = await runCommand(["printer", "test", "--printer", printer.url]);
		expect(code).toBe(1);
		expect(stderr).toMatch(
			/The sheet was not printed\. The printer's cover is open\. Close it.*\[SHEET_NOT_PRINTED\]\n$/,
		);
		expect(printer.papers).toEqual([]);
	}, 40_000);

	test("without a printer it asks for one, and names no screen", async () => {
		const { code, stderr } = await runCommand(["printer", "test"]);
		expect(code).toBe(2);
		expect(stderr).toMatch(/^paihao printer test: Name the printer to test, such as --printer tcp:.*\[USAGE\]\n$/);
	});

	test.each([
		[["--printer-profile", "Xprinter XP-9"], /no printer profile "Xprinter XP-9"\. Did you mean "Xprinter XP-/],
		[["--width", "700"], /--width is "700"\. It must be a whole number from 360 to 640/],
		[["--cut", "half"], /--cut is "half"\. It must be one of cut, early, none/],
	])("%j is refused in one sentence", async (flags, sentence) => {
		const { code, stderr } = await runCommand(["printer", "test", "--printer", "tcp://127.0.0.1:9", ...flags]);
		expect(code).not.toBe(0);
		expect(stderr).toMatch(sentence);
		expect(stderr.trim().split("\n")).toHaveLength(1);
	});
});

test("paihao printer profiles: every model with its facts and where they are from", async () => {
	const { code, stdout } = await runCommand(["printer", "profiles"]);
	expect(code).toBe(0);
	const profiles = linesOf(stdout).map(({ profile }) => profile);
	expect(profiles.length).toBeGreaterThan(40);
	expect(profiles).toContainEqual({
		...{ name: "Epson TM-T88V", dialect: "epson", widthDots: 512, dpi: 180, hasCutter: true },
		sources: { dialect: "database", width: "database", cutter: "inherited" },
	});
});
