import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Answer, Refused } from "../../../../api-client/answer.ts";
import type { PhoneTicket } from "../../../../protocol/model/phone.ts";
import { TICKET_STATES } from "../../../../protocol/model/ticket.ts";
import { statusTitle } from "../../../../renderer/phone/messages/status-title.ts";
import { groupCode, readCode } from "../../../../renderer/phone/state/code.ts";
import {
	callKey,
	delayChoices,
	giveWayChoices,
	initialState,
	languageOf,
	type PhoneState,
	phoneLanguage,
	pollDelayMs,
	reducePhone,
} from "../../../../renderer/phone/state/state.ts";
import { asCounter } from "../../../fixtures/ids.ts";
import { samplePhoneTicket } from "../../../fixtures/phone-ticket.ts";

const CODE = "0123456789";

const ticket = (change: Partial<PhoneTicket> = {}) =>
	samplePhoneTicket({ language: "ja", ahead: 3, behind: 4, wait: { minMinutes: 5, maxMinutes: 15 }, ...change });

const refused = (code: string): Refused => ({ kind: "refused", code, message: code, data: {} });

function answered(state: PhoneState, answer: Answer<PhoneTicket>, isAction = false): PhoneState {
	return reducePhone(state, { type: "answered", code: CODE, answer, at: 7, isAction });
}

const shown = (change: Partial<PhoneTicket> = {}) =>
	answered(initialState(CODE), { kind: "ok", value: ticket(change) });

describe("a code", () => {
	test("is read however it is typed, and grouped as on the paper", () => {
		const character = fc.constantFrom(..."0123456789ABCDEFGHJKMNPQRSTVWXYZ");
		fc.assert(
			fc.property(fc.array(character, { minLength: 10, maxLength: 10 }), (characters) => {
				const code = characters.join("");
				expect(readCode(code)).toBe(code);
				expect(readCode(groupCode(code).toLowerCase().replaceAll("0", "o").replaceAll("1", "i"))).toBe(code);
			}),
		);
	});

	test.each(["", "123", "0123456789A", "012345678U"])("%j is none", (typed) => expect(readCode(typed)).toBeNull());
});

describe("the page", () => {
	test("asks for the code where the address has none, or the station knows none such", () => {
		expect(initialState(null).view).toEqual({ kind: "code-form", error: null });
		const unknown = answered(initialState(CODE), refused("CODE_UNKNOWN"));
		expect(unknown.view).toEqual({ kind: "code-form", error: "codeUnknown" });
		expect(answered(initialState(CODE), refused("CODE_RATE_LIMITED")).view).toMatchObject({
			error: "tries",
		});
	});

	test("keeps the last picture while the station is away, and says so", () => {
		const lost = answered(shown(), { kind: "unreachable" });
		expect(lost).toMatchObject({ link: "lost", view: { kind: "ticket", ticket: { number: "A001" }, seenAt: 7 } });
		expect(answered(lost, { kind: "ok", value: ticket() }).link).toBe("live");
	});

	test("never goes back to an older version", () => {
		const called = shown({ state: "called", version: 2 });
		expect(answered(called, { kind: "ok", value: ticket() }).view).toEqual(called.view);
	});

	test("a refused act is a sentence, and the question whether to leave is closed", () => {
		const asked = reducePhone(shown(), { type: "leave-confirmation", isOpen: true });
		const acting = reducePhone(asked, { type: "action-started" });
		expect(acting).toMatchObject({ isActing: true, isConfirmingLeave: true });
		expect(answered(acting, refused("TICKET_CHANGED"), true)).toMatchObject({
			isActing: false,
			isConfirmingLeave: false,
			notice: "changed",
		});
		expect(answered(acting, { kind: "unreachable" }, true)).toMatchObject({ notice: "failed", isActing: false });
	});

	test("an answer to a code that was left is not shown", () => {
		const other = reducePhone(shown(), { type: "code-entered", code: "ABCDEFGHJK" });
		expect(answered(other, { kind: "ok", value: ticket() })).toBe(other);
	});
});

test("a visit that is over is asked for until the station forgets it: staff may undo, and its page stays", () => {
	const over = shown({ state: "cancelled", version: 3 });
	const again = answered(over, { kind: "ok", value: ticket({ state: "waiting", version: 4 }) });
	expect(again.view).toMatchObject({ kind: "ticket", ticket: { state: "waiting" } });
	const forgotten = answered(over, refused("CODE_UNKNOWN"));
	expect(forgotten.view).toMatchObject({ kind: "ticket", ticket: { state: "cancelled" } });
	expect(pollDelayMs(forgotten)).toBeNull();
	expect(answered(again, refused("CODE_UNKNOWN")).view.kind).toBe("code-form");
});

test("a phone rings for each call and at each counter, and not for a note that staff write", () => {
	const called = ticket({ state: "called", version: 2, counter: asCounter("3"), calls: 1 });
	expect(callKey(ticket({ calls: 1 }))).toBeNull();
	expect(callKey({ ...called, version: 3 })).toBe(callKey(called));
	const others = [
		{ ...called, calls: 2 },
		{ ...called, counter: asCounter("4") },
	].map(callKey);
	expect(new Set([callKey(called), ...others]).size).toBe(3);
});

test("looks more often when the call is near, and seldom when it is over", () => {
	const pauses = Object.fromEntries(TICKET_STATES.map((state) => [state, pollDelayMs(shown({ state, ahead: 9 }))]));
	expect(pauses).toEqual({
		waiting: 10_000,
		called: 4_000,
		serving: 4_000,
		parked: 4_000,
		missed: 4_000,
		// Staff can undo.
		finished: 15_000,
		cancelled: 15_000,
	});
	expect(pollDelayMs(shown({ ahead: 2 }))).toBe(4_000);
	expect(pollDelayMs(initialState(null))).toBeNull();
});

test("only people who are there can be let go first", () => {
	expect(giveWayChoices(ticket({ behind: 4 }))).toEqual([1, 3]);
	expect(giveWayChoices(ticket({ behind: 0 }))).toEqual([]);
	expect(giveWayChoices(ticket({ behind: 9, state: "called" }))).toEqual([]);
});

test("speaks the chosen language, else the ticket's, else the phone's", () => {
	expect(languageOf(initialState(CODE), "th")).toBe("th");
	expect(languageOf(shown(), "th")).toBe("ja");
	expect(languageOf(reducePhone(shown(), { type: "language-selected", language: "ar" }), "th")).toBe("ar");
	expect(phoneLanguage(["xx", "zh-TW", "en"])).toBe("zh-Hans");
	expect(phoneLanguage(["pt-BR"])).toBe("pt");
	expect(phoneLanguage([])).toBe("en");
});

test("a visitor may say once, while waiting, that they are late", () => {
	expect(delayChoices(ticket())).toEqual([5, 10, 15]);
	expect(delayChoices(ticket({ mayDelay: false }))).toEqual([]);
	expect(delayChoices(ticket({ state: "called" }))).toEqual([]);
});

test("somebody else's wrong codes behind the same address do not end a page that shows a ticket", () => {
	const limited = answered(shown(), refused("CODE_RATE_LIMITED"));
	expect(limited).toMatchObject({ link: "lost", view: { kind: "ticket" } });
	expect(pollDelayMs(limited)).not.toBeNull();
});

test("a visitor who was referred is sent on, and not thanked for the visit", () => {
	const words = (key: string) => key;
	const finished = samplePhoneTicket({ state: "finished" });
	expect(statusTitle(finished, words, "en")).toBe("finished");
	expect(statusTitle({ ...finished, isReferred: true }, words, "en")).toBe("referred");
});

test("a visitor is next where somebody could call the ticket, and only then", () => {
	const words = (key: string) => key;
	const first = samplePhoneTicket({ state: "waiting", ahead: 0, wait: { minMinutes: 0, maxMinutes: 5 } });
	expect(statusTitle(first, words, "en")).toBe("next");
	expect(statusTitle({ ...first, wait: null }, words, "en")).toBe("ahead 0");
});
