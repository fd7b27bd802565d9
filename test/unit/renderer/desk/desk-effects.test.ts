import { beforeEach, describe, expect, test } from "vitest";
import type { Answer, Refused } from "../../../../api-client/answer.ts";
import type { Queue } from "../../../../protocol/api/board.ts";
import type { Ticket } from "../../../../protocol/model/ticket.ts";
import { createDesk } from "../../../../renderer/desk/effects/desk-effects.ts";
import { POLL_INTERVAL_MS, RETRY_INTERVAL_MS } from "../../../../renderer/desk/effects/poll-station.ts";
import type { Station } from "../../../../renderer/desk/effects/station-client.ts";
import { answerableHelp, availableTicketActions, canCall } from "../../../../renderer/desk/state/available-actions.ts";
import { reduceDesk } from "../../../../renderer/desk/state/reduce.ts";
import { type DeskState, firstState, type Session } from "../../../../renderer/desk/state/state.ts";
import { createStore } from "../../../../renderer/ui/store.ts";
import { asCounter, asTicketId } from "../../../fixtures/ids.ts";
import { entry, health, otherSite, queue, session, ticket, topics } from "./entries.ts";

/** A fake station: answers what the test sets, and records the requests. */
let requests: string[];
let queueAnswer: Answer<Queue>;
let answer: () => Promise<Answer<Ticket | null>>;
let printed: Answer<Ticket>;
let saved: (Session | null)[];
let timers: { run: () => void; delayMs: number }[];
let now: number;

const station: Station = {
	topics: async (language) => {
		requests.push(`topics ${language}`);
		return queueAnswer.kind === "unreachable" ? queueAnswer : { kind: "ok", value: { ...topics, language } };
	},
	signIn: async (staff, pin, counter) => {
		requests.push(`sign in ${staff} ${pin} ${counter}`);
		return pin === "1234"
			? { kind: "ok", value: session }
			: { kind: "refused", code: "SIGN_IN_REFUSED", message: "no", data: { triesLeft: 4 } };
	},
	signOut: async (_, atHand) => {
		requests.push(atHand === undefined ? "sign out" : `sign out ${atHand}`);
		return atHand === undefined && queueAnswer.kind === "ok" && queueAnswer.value.tickets.includes(mine)
			? { kind: "refused", code: "TICKET_AT_HAND", message: "no", data: { number: mine.number, counter: "3" } }
			: { kind: "ok", value: null };
	},
	names: async () => ({ kind: "ok", value: { names: ["Wang"] } }),
	counters: async () => ({ kind: "ok", value: { counters: [] } }),
	figures: async () => ({ kind: "unreachable" }),
	queue: async () => {
		requests.push("queue");
		return queueAnswer;
	},
	health: async () => ({ kind: "ok", value: health }),
	confirmClock: async () => ({ kind: "ok", value: health.clock }),
	act: async (_, action, seen, outcome) => {
		requests.push([action, ...(seen === null ? [] : [seen.id, seen.version]), ...(outcome ? [outcome] : [])].join(" "));
		return answer();
	},
	actOn: async (_, { kind, ...details }, { id, version }) => {
		requests.push(`${kind} ${id} ${version} ${JSON.stringify(details)}`);
		const given = await answer();
		return given.kind === "ok" && given.value === null ? { kind: "unreachable" } : (given as Answer<Ticket>);
	},
	otherSites: async (topic, language) => {
		requests.push(`other sites ${topic} ${language}`);
		return { kind: "ok", value: { sites: [otherSite] } };
	},
	refer: async (_, site, { id, version }) => {
		requests.push(`send on ${id} ${version} to ${site}`);
		const given = await answer();
		return given.kind === "ok" && given.value !== null
			? { kind: "ok", value: { ...given.value, otherSite: "undeliverable" } }
			: { kind: "unreachable" };
	},
	reprint: async (_, id) => {
		requests.push(`reprint ${id}`);
		return printed;
	},
	endedTickets: async () => ({ kind: "unreachable" }),
	expectedVisits: async () => ({ kind: "unreachable" }),
	checkIn: async (_, arrival) => {
		requests.push(`check in ${JSON.stringify(arrival)}`);
		const given = await answer();
		if (given.kind !== "ok") return given;
		return { kind: "ok", value: { ticket: given.value ?? ticket(), isNew: true, punctuality: "on-time" } };
	},
	issue: async (_, { topic, language, partySize, class: given, key }) => {
		requests.push(`issue ${topic} ${language} ${partySize} ${given} ${key}`);
		const said = await answer();
		return said.kind === "ok" && said.value === null ? { kind: "unreachable" } : (said as Answer<Ticket>);
	},
	pause: async (_, paused) => {
		requests.push(paused ? "break" : "resume");
		return { kind: "ok", value: null };
	},
	answerHelp: async (_, call) => {
		requests.push(`help ${call}`);
		return { kind: "ok", value: null };
	},
	noteNewRoll: async () => {
		requests.push("new roll");
		return { kind: "ok", value: null };
	},
};

function open(first: Session | null) {
	const store = createStore(reduceDesk, firstState(first));
	const desk = createDesk({
		store,
		station,
		clock: () => now,
		later: (run, delayMs) => timers.push({ run, delayMs }),
		forget: () => {},
		saveSession: (session) => saved.push(session),
	});
	return { store, desk };
}

/** Lets every pending answer arrive. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

const mine = entry({ id: asTicketId("mine"), state: "called", counter: asCounter("3"), version: 2 });
const auth = (state: DeskState) => (state.auth.kind === "signed-in" ? state.auth : null);

beforeEach(() => {
	requests = [];
	queueAnswer = { kind: "ok", value: queue(mine) };
	answer = async () => ({ kind: "ok", value: ticket({ ...mine, state: "serving", version: 3 }) });
	printed = { kind: "ok", value: ticket({ ...mine, print: { state: "queued" } }) };
	saved = [];
	timers = [];
	now = 400_000;
});

describe("polling", () => {
	test("starts at once and repeats at its interval", async () => {
		const { store, desk } = open(session);
		desk.open("zh-Hans");
		await settle();
		expect(requests).toEqual(["topics zh-Hans", "queue"]);
		expect(auth(store.read())?.queue?.tickets).toEqual([mine]);
		expect(timers.map(({ delayMs }) => delayMs)).toEqual([POLL_INTERVAL_MS]);
	});

	test("a burst of hints causes one more poll", async () => {
		const { desk } = open(session);
		desk.open("zh-Hans");
		for (let hint = 0; hint < 20; hint += 1) desk.hint();
		await settle();
		expect(requests).toEqual(["topics zh-Hans", "queue", "queue"]);
	});

	test("an unreachable station is tried again soon, and the link comes back", async () => {
		const { store, desk } = open(session);
		queueAnswer = { kind: "unreachable" };
		desk.open("en");
		await settle();
		expect(store.read().link).toEqual({ kind: "lost", since: 400_000 });
		expect(timers.at(-1)?.delayMs).toBe(RETRY_INTERVAL_MS);
		queueAnswer = { kind: "ok", value: queue(mine) };
		timers.at(-1)?.run();
		await settle();
		expect(store.read().link).toEqual({ kind: "up" });
		expect(auth(store.read())?.queue?.tickets).toEqual([mine]);
	});

	test("a session ends by the station's clock", async () => {
		const { store, desk } = open({ ...session, expiresAt: 500_000 });
		desk.open("en");
		await settle();
		expect(store.read().auth).toEqual({
			kind: "signed-out",
			signIn: { kind: "session-ended", ended: { reason: "expired", by: null, counter: null, at: 500_000 } },
		});
		expect(saved).toEqual([null]);
	});

	test("asks again at the moment when a ticket that was held back may be called", async () => {
		const { desk } = open(session);
		queueAnswer = { kind: "ok", value: queue(entry({ notBefore: 503_000 })) };
		desk.open("en");
		await settle();
		expect(timers.at(-1)?.delayMs).toBe(3_000);
	});
});

describe("an action", () => {
	test("names the ticket and the version that staff saw, then polls", async () => {
		const { store, desk } = open(session);
		desk.open("en");
		await settle();
		requests = [];
		queueAnswer = { kind: "ok", value: queue({ ...mine, state: "serving", version: 3 }) };
		await desk.perform("start");
		expect(requests).toEqual(["start mine 2", "queue"]);
		expect(auth(store.read())?.queue?.tickets[0]?.state).toBe("serving");
	});

	test("two quick presses send one request, and no other action comes in between", async () => {
		const { desk } = open(session);
		desk.open("en");
		await settle();
		requests = [];
		await Promise.all([desk.perform("start"), desk.perform("start"), desk.perform("no-show")]);
		expect(requests.filter((call) => call !== "queue")).toEqual(["start mine 2"]);
	});

	test("a finish carries the chosen outcome and the version that staff saw", async () => {
		queueAnswer = {
			kind: "ok",
			value: queue(entry({ id: asTicketId("mine"), state: "serving", counter: asCounter("3"), version: 3 })),
		};
		const { desk } = open(session);
		desk.open("en");
		await settle();
		requests = [];
		await desk.finish("papers-missing");
		expect(requests).toContain("finish mine 3 papers-missing");
	});

	test("is not sent when the state does not allow it", async () => {
		const { desk } = open(session);
		desk.open("en");
		await settle();
		requests = [];
		await desk.perform("next");
		await desk.perform("finish");
		await desk.finish("unresolved");
		expect(requests).toEqual([]);
	});

	test("is never sent again by itself when its answer is lost", async () => {
		const { store, desk } = open(session);
		desk.open("en");
		await settle();
		requests = [];
		answer = async () => ({ kind: "unreachable" });
		await desk.perform("start");
		await settle();
		timers.at(-1)?.run();
		await settle();
		expect(requests.filter((call) => call.startsWith("start"))).toEqual(["start mine 2"]);
		expect(auth(store.read())?.notice).toEqual({ kind: "outcome-unknown", action: "start" });
	});

	test("in an ended session returns to the sign-in screen", async () => {
		const { store, desk } = open(session);
		desk.open("en");
		await settle();
		const ended = { reason: "taken-over", by: "Wang", counter: null, at: 7 };
		answer = async () => ({ kind: "refused", code: "SIGN_IN_REQUIRED", message: "", data: { ended } });
		await desk.perform("start");
		expect(store.read().auth).toEqual({ kind: "signed-out", signIn: { kind: "session-ended", ended } });
		expect(saved).toEqual([null]);
	});

	test("that is refused shows why and polls", async () => {
		const { store, desk } = open(session);
		desk.open("en");
		await settle();
		requests = [];
		const refusal: Refused = {
			kind: "refused",
			code: "TICKET_CHANGED",
			message: "changed",
			data: { number: "A001", state: "missed" },
		};
		answer = async () => refusal;
		queueAnswer = { kind: "ok", value: queue() };
		await desk.perform("start");
		expect(requests).toEqual(["start mine 2", "queue"]);
		expect(auth(store.read())).toMatchObject({ queue: { tickets: [] }, notice: { kind: "refused", refusal } });
	});

	test("with nobody to call says so", async () => {
		const { store, desk } = open(session);
		queueAnswer = { kind: "ok", value: queue() };
		answer = async () => ({ kind: "ok", value: null });
		desk.open("en");
		await settle();
		await desk.perform("next");
		expect(auth(store.read())?.notice).toEqual({ kind: "nobody-to-call" });
	});
});

describe("paper", () => {
	test("a reprint is sent once for two presses, and is shown at once", async () => {
		const { store, desk } = open(session);
		desk.open("en");
		await settle();
		requests = [];
		queueAnswer = { kind: "ok", value: queue({ ...mine, print: { state: "sending" } }) };
		await Promise.all([desk.perform("reprint"), desk.perform("reprint")]);
		expect(requests).toEqual(["reprint mine", "queue"]);
		expect(auth(store.read())).toMatchObject({
			busy: null,
			done: { action: "reprint", number: "A001" },
			queue: { tickets: [{ print: { state: "sending" } }] },
		});
		expect(Object.keys(auth(store.read())?.copies ?? {})).toEqual(["mine"]);
	});

	test("with nothing to reprint, nothing is sent", async () => {
		const { desk } = open(session);
		queueAnswer = { kind: "ok", value: queue({ ...mine, print: { state: "sent" } }) };
		desk.open("en");
		await settle();
		requests = [];
		await desk.perform("reprint");
		expect(requests).toEqual([]);
	});

	test("a refused reprint shows why", async () => {
		const { store, desk } = open(session);
		desk.open("en");
		await settle();
		const refusal: Refused = { kind: "refused", code: "PRINT_IN_FLIGHT", message: "", data: { number: "A001" } };
		printed = refusal;
		await desk.perform("reprint");
		expect(auth(store.read())?.notice).toEqual({ kind: "refused", action: "reprint", refusal });
	});

	test("a poll reads the printer, and a new roll can be reported at a free counter", async () => {
		const { store, desk } = open(session);
		queueAnswer = { kind: "ok", value: queue() };
		desk.open("en");
		await settle();
		expect(store.read().printer).toEqual(health.printer);
		requests = [];
		await desk.perform("new-roll");
		expect(requests).toEqual(["new roll", "queue"]);
		expect(auth(store.read())?.done).toMatchObject({ action: "new-roll", number: null, count: 1 });
	});
});

describe("signing in", () => {
	test("saves the session for the tab and polls", async () => {
		const { store, desk } = open(null);
		desk.open("en");
		await settle();
		await desk.signIn("Wang", "1234", "3", false);
		expect(saved).toEqual([session]);
		expect(auth(store.read())?.queue?.tickets).toEqual([mine]);
	});

	test("sends one request for two presses, and shows why it was refused", async () => {
		const { store, desk } = open(null);
		desk.open("en");
		await settle();
		requests = [];
		await Promise.all([desk.signIn("Wang", "0000", "3", false), desk.signIn("Wang", "0000", "3", false)]);
		expect(requests).toEqual(["sign in Wang 0000 3"]);
		expect(store.read().auth).toMatchObject({ kind: "signed-out", signIn: { kind: "refused" } });
	});

	test("signing out removes the session at once, whether the station answers or not", async () => {
		const { store, desk } = open(session);
		queueAnswer = { kind: "ok", value: queue() };
		desk.open("en");
		await settle();
		const leaving = desk.signOut();
		expect(store.read().auth).toEqual({ kind: "signed-out", signIn: { kind: "idle" } });
		expect(saved).toEqual([null]);
		await leaving;
	});

	test("with a ticket at the counter the station first hears what becomes of it", async () => {
		const { store, desk } = open(session);
		desk.open("en");
		await settle();
		await desk.signOut();
		expect(auth(store.read())?.notice).toMatchObject({ kind: "refused", action: "sign-out" });
		expect(saved).toEqual([]);
		await desk.signOut("return");
		expect(requests).toContain("sign out return");
		expect(store.read().auth).toEqual({ kind: "signed-out", signIn: { kind: "idle" } });
		expect(saved).toEqual([null]);
	});
});

describe("ticket actions", () => {
	const changed = (change: Partial<Ticket>) => async (): Promise<Answer<Ticket>> => ({
		kind: "ok",
		value: ticket({ ...mine, version: 3, undoable: true, ...change }),
	});

	test("park and transfer name the ticket at the counter and the version seen", async () => {
		const { desk } = open(session);
		desk.open("en");
		await settle();
		answer = changed({ state: "parked", counter: null });
		await desk.perform("park");
		expect(requests).toContain("park mine 2 {}");
		queueAnswer = { kind: "ok", value: queue({ ...mine, version: 4 }) };
		desk.hint();
		await settle();
		await desk.performWith({ kind: "transfer", topic: "housing", counter: null, anyway: false });
		expect(requests).toContain('transfer mine 4 {"topic":"housing","counter":null,"anyway":false}');
	});

	test("a referral takes the ticket from the counter and shows what to tell the visitor", async () => {
		const { desk, store } = open(session);
		desk.open("en");
		await settle();
		expect(await desk.otherSites(mine.topic)).toEqual([otherSite]);
		answer = changed({ state: "finished", counter: null, outcome: "referred" });
		queueAnswer = { kind: "ok", value: queue() };
		await desk.refer(otherSite);
		await settle();
		expect(requests).toContain(`other sites ${mine.topic} en`);
		expect(requests).toContain(`send on mine 2 to ${otherSite.id}`);
		expect(auth(store.read())).toMatchObject({
			queue: { tickets: [] },
			notice: { kind: "referred", site: otherSite.name, otherSite: "undeliverable" },
			done: { action: "refer", number: mine.number },
		});
		expect(availableTicketActions(store.read())).toContain("undo");
		now += 1_000;
		requests = [];
		await desk.refer(otherSite);
		expect(requests).toEqual([]);
	});

	test("undo takes back this desk's last action, even a finish, unless the ticket has changed since", async () => {
		const { desk, store } = open(session);
		queueAnswer = { kind: "ok", value: queue({ ...mine, state: "serving" }) };
		desk.open("en");
		await settle();
		expect(availableTicketActions(store.read())).not.toContain("undo");
		answer = changed({ state: "finished" });
		queueAnswer = { kind: "ok", value: queue() };
		await desk.perform("finish");
		await settle();
		expect(availableTicketActions(store.read())).toEqual(["undo"]);
		answer = changed({ state: "serving", version: 4, undoable: false });
		await desk.perform("undo");
		expect(requests).toContain("undo mine 3 {}");
		expect(availableTicketActions(store.read())).not.toContain("undo");
	});

	test("undo is not available once somebody else changed the ticket", async () => {
		const { desk, store } = open(session);
		desk.open("en");
		await settle();
		answer = changed({ state: "waiting", counter: null });
		queueAnswer = {
			kind: "ok",
			value: queue({ ...mine, state: "waiting", counter: null, version: 4, undoable: true }),
		};
		await desk.perform("return");
		await settle();
		expect(availableTicketActions(store.read())).toEqual([]);
	});

	test("a certain ticket can be called only at a free counter", async () => {
		const { desk, store } = open(session);
		const parked = entry({ id: asTicketId("parked"), state: "parked", version: 5 });
		desk.open("en");
		await settle();
		expect(canCall(store.read())).toBe(false);
		await desk.performOn("call", parked);
		expect(requests.filter((one) => one.startsWith("call"))).toEqual([]);
		queueAnswer = { kind: "ok", value: queue(parked) };
		desk.hint();
		await settle();
		await desk.performOn("call", parked);
		expect(requests).toContain("call parked 5 {}");
	});

	test("any ticket of the queue can be given priority, noted, transferred and cancelled at its row", async () => {
		const { desk } = open(session);
		const other = entry({ id: asTicketId("other"), version: 5 });
		queueAnswer = { kind: "ok", value: queue(mine, other) };
		desk.open("en");
		await settle();
		answer = changed({ id: other.id, state: "waiting" });
		await desk.performOn("priority", other);
		await desk.note("copy follows", other);
		await desk.performWith({ kind: "cancel", reason: "left" }, other);
		expect(requests).toEqual(
			expect.arrayContaining([
				'priority other 5 {"class":"priority"}',
				'note other 5 {"note":"copy follows"}',
				'cancel other 5 {"reason":"left"}',
			]),
		);
	});

	test("a colleague's ticket is left to the colleague, one that was left behind is not", async () => {
		const { desk } = open(session);
		const busy = entry({ id: asTicketId("busy"), state: "serving", counter: asCounter("4"), version: 5 });
		desk.open("en");
		await settle();
		await desk.performOn("return", busy);
		expect(requests.filter((one) => one.startsWith("return"))).toEqual([]);
		await desk.performOn("return", { ...busy, stranded: "counter-left" });
		expect(requests).toContain("return busy 5 {}");
	});
});

describe("finish and next in one key", () => {
	/** A counter with a ticket in a state, and a station that goes on with it. */
	async function at(state: "called" | "serving") {
		const opened = open(session);
		queueAnswer = { kind: "ok", value: queue({ ...mine, state }) };
		opened.desk.open("en");
		await settle();
		requests = [];
		const answers = {
			start: ticket({ ...mine, state: "serving", version: 3 }),
			finish: ticket({ ...mine, state: "finished", counter: null, version: 4 }),
			next: ticket({ id: asTicketId("second"), number: "A002", state: "called", counter: asCounter("3") }),
		};
		answer = async () => {
			const [action] = (requests.at(-1) ?? "").split(" ");
			const changed = answers[action as keyof typeof answers];
			queueAnswer = { kind: "ok", value: changed.state === "finished" ? queue() : queue({ ...mine, ...changed }) };
			return { kind: "ok", value: changed };
		};
		return opened;
	}
	const sent = () => requests.map((one) => one.split(" ")[0]).filter((one) => one !== "queue" && one !== "topics");

	test("finishes and calls", async () => {
		const { desk } = await at("serving");
		await desk.finishAndCallNext(false);
		expect(sent()).toEqual(["finish", "next"]);
	});

	test("a called ticket is started first, but only where serving starts by itself", async () => {
		const { desk } = await at("called");
		await desk.finishAndCallNext(false);
		expect(sent()).toEqual([]);
		await desk.finishAndCallNext(true);
		expect(sent()).toEqual(["start", "finish", "next"]);
	});

	test("a second press does not finish the visitor who was just called", async () => {
		const { desk } = await at("serving");
		await desk.finishAndCallNext(true);
		now += 1_000;
		await desk.finishAndCallNext(true);
		expect(sent()).toEqual(["finish", "next"]);
	});
});

test("a call for help at the kiosk is answered with one key", async () => {
	const { desk, store } = open(session);
	desk.open("en");
	await settle();
	await desk.perform("help");
	expect(requests.filter((one) => one.startsWith("help"))).toEqual([]);
	const helpCalls = [
		{ id: 4, kiosk: null, language: "ja" as const, since: 1 },
		{ id: 9, kiosk: "Hall", language: null, since: 2 },
	];
	queueAnswer = { kind: "ok", value: { ...queue(mine), helpCalls } };
	desk.hint();
	await settle();
	expect(answerableHelp(store.read())).toEqual(helpCalls[0]);
	queueAnswer = { kind: "ok", value: queue(mine) };
	await desk.perform("help");
	expect(requests).toContain("help 4");
	expect(answerableHelp(store.read())).toBeNull();
});

describe("a break", () => {
	test("starts and ends with the same key, and stops calls meanwhile", async () => {
		queueAnswer = { kind: "ok", value: queue(entry()) };
		const { store, desk } = open(session);
		desk.open("en");
		await settle();
		queueAnswer = { kind: "ok", value: { ...queue(entry()), pausedAt: 400_000 } };
		await desk.perform("break");
		await settle();
		await desk.perform("next");
		expect(auth(store.read())?.queue?.pausedAt).toBe(400_000);
		expect(requests.filter((one) => one === "next")).toEqual([]);
		queueAnswer = { kind: "ok", value: queue(entry()) };
		await desk.perform("break");
		await settle();
		expect(requests.filter((one) => one === "break" || one === "resume")).toEqual(["break", "resume"]);
		expect(auth(store.read())?.queue?.pausedAt).toBeNull();
	});
});

describe("a ticket for somebody at the desk", () => {
	const walkIn = { topic: "work-permit", language: "fr", partySize: 2, class: "priority", key: "form-0001" } as const;

	test("is issued and announced", async () => {
		answer = async () => ({ kind: "ok", value: ticket({ id: asTicketId("new"), number: "B012" }) });
		const { store, desk } = open(session);
		desk.open("en");
		await settle();
		expect(await desk.issue(walkIn)).toMatchObject({ number: "B012" });
		expect(requests).toContain("issue work-permit fr 2 priority form-0001");
		expect(auth(store.read())?.done).toMatchObject({ action: "issue", number: "B012" });
	});

	test("after a lost answer the same form sends the same key, and nothing is sent by itself", async () => {
		answer = async () => ({ kind: "unreachable" });
		const { store, desk } = open(session);
		desk.open("en");
		await settle();
		expect(await desk.issue(walkIn)).toBeUndefined();
		expect(auth(store.read())?.notice).toEqual({ kind: "outcome-unknown", action: "issue" });
		await settle();
		answer = async () => ({ kind: "ok", value: ticket({ id: asTicketId("new"), number: "B012" }) });
		now += 5_000;
		expect(await desk.issue(walkIn)).toMatchObject({ id: "new" });
		expect(requests.filter((one) => one.startsWith("issue")).length).toBe(2);
	});
});

describe("a note", () => {
	test("is saved on the version that staff saw, and survives the next poll", async () => {
		answer = async () => ({ kind: "ok", value: ticket({ ...mine, version: 3 }) });
		const { store, desk } = open(session);
		desk.open("en");
		await settle();
		queueAnswer = { kind: "ok", value: queue({ ...mine, version: 3, note: "copy follows" }) };
		await desk.note("copy follows");
		expect(requests).toContain('note mine 2 {"note":"copy follows"}');
		expect(auth(store.read())?.queue?.tickets).toMatchObject([{ note: "copy follows" }]);
	});
});
