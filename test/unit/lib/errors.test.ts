import { expect, test } from "vitest";
import { errorId, isBug, Refusal, summarizeError, UserError } from "../../../lib/errors.ts";

test("a user error and a refusal are shown in their own sentence", () => {
	expect(summarizeError(new UserError("PORT_IN_USE", "Port 80 is in use.", { exitCode: 2 }))).toEqual({
		code: "PORT_IN_USE",
		sentence: "Port 80 is in use.",
		exitCode: 2,
	});
	expect(summarizeError(new Refusal("CODE_UNKNOWN", "There is no such code."))).toEqual({
		code: "CODE_UNKNOWN",
		sentence: "There is no such code.",
		exitCode: 1,
	});
});

test("a bug is shown under an id that stays the same for the same error", () => {
	const bug = new TypeError("x is undefined");
	const { id, sentence } = summarizeError(bug);
	expect(id).toMatch(/^[a-z2-9]{8}$/);
	expect(sentence).toContain(id);
	expect(sentence).not.toContain("undefined");
	expect(errorId(bug)).toBe(id);
	expect(errorId(new TypeError("x is undefined"))).not.toBe(id);
	expect(isBug(bug)).toBe(true);
	expect(isBug(new Refusal("CODE_UNKNOWN", "There is no such code."))).toBe(false);
});
