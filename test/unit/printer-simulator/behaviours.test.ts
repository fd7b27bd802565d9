import { expect, test } from "vitest";
import { BEHAVIOURS, parseBehaviours } from "../../../printer-simulator/behaviours.ts";
import { ControlPanel } from "../../../printer-simulator/controls.ts";
import { PaperTray } from "../../../printer-simulator/paper-tray.ts";
import { PoweredPort } from "../../../printer-simulator/powered-port.ts";
import { serveSimulator } from "../../../printer-simulator/virtual-printer.ts";
import { simulatorWithPaper } from "../../fixtures/print-harness.ts";

test("every behaviour can be named, alone and together", () => {
	const names = Object.keys(BEHAVIOURS);
	expect(parseBehaviours(names.join(","))).toEqual({ behaviours: names, width: undefined });
	expect(parseBehaviours(" clone-no-id , dots-512 ")).toEqual({ behaviours: ["clone-no-id", "crops"], width: 512 });
});

test("a head of any width crops; its picture has whole bytes", () => {
	expect(parseBehaviours("dots-420").width).toBe(416);
});

test.each(["", "clone", "dots-80", "dots-641", "dots-", "__proto__", "clone-no-id,", "CLONE-NO-ID"])(
	"%j is refused with those there are",
	(text) => {
		expect(() => parseBehaviours(text)).toThrow(
			expect.objectContaining({
				code: "BEHAVIOURS_INVALID",
				message: expect.stringMatching(/clone-no-id.*dots-360 to dots-640/),
			}),
		);
	},
);

test("the page is told each behaviour with what it means", () => {
	const { simulator } = simulatorWithPaper(576, "echoes", "no-cutter");
	const port = new PoweredPort(serveSimulator(simulator), { host: "127.0.0.1", port: 0 });
	expect(new ControlPanel(simulator, port, new PaperTray()).snapshot.behaviours).toEqual([
		{ name: "echoes", meaning: BEHAVIOURS.echoes },
		{ name: "no-cutter", meaning: BEHAVIOURS["no-cutter"] },
	]);
});
