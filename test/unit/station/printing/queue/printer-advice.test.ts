import { expect, test } from "vitest";
import { printerLevel } from "../../../../../renderer/desk/state/ticket-paper.ts";
import { printerAdvice } from "../../../../../station/printing/queue/printer-advice.ts";

test("while the stand-by prints, the advice says so and what to do at the first printer", () => {
	const status = { condition: "ready", paperNearEnd: false, insteadOf: { condition: "paper-out", since: 1 } } as const;
	expect(printerAdvice(status)).toBe(
		"Tickets come out of the stand-by printer, because the first one cannot print. The printer has no paper. Put in a new roll.",
	);
	expect(printerLevel(status)).toBe("warning");
});

test.each([
	["queue-missing", /lpstat -a.*--printer lp:QUEUE/],
	["queue-stopped", /cupsenable and cupsaccept/],
	["job-waiting", /lpstat -o and cancel/],
	["no-answer", /\?status=none/],
	["other-language", /\?dialect=star.*TSP100/],
] as const)("%s: the sentence names the setting or the command", (reason, words) => {
	const condition = reason === "queue-missing" ? "unreachable" : "offline";
	const isLink = reason === "no-answer" || reason === "other-language";
	expect(printerAdvice({ condition: isLink ? "unreachable" : condition, reason, paperNearEnd: false })).toMatch(words);
});
