import { beforeEach, describe, expect, test } from "vitest";
import type { Queue } from "../../../../protocol/api/board.ts";
import type { Ticket } from "../../../../protocol/model/ticket.ts";
import { createDesk, POLL_INTERVAL_MS, RETRY_EVERY } from "../../../../renderer/desk/effects/desk-effects.ts";
import type { Answer, Station } from "../../../../renderer/desk/effects/station-client.ts";
import {
	callOffered,
	type DeskState,
	firstState,
	helpOffered,
	reduceDesk,
	type Session,
	ticketActionsOffered,
} from "../../../../renderer/desk/state/state.ts";
import { createStore } from "../../../../renderer/ui/store.ts";
import { entry, health, otherSite, queue, session, ticket, topics } from "./entries.ts";

/** A station in the hand: answers what the test says, and writes down what it was asked. */
let asked: string[];
let shown: Answer<Queue>;
let answer: () => Promise<Answer<Ticket | null>>;
let printed: Answer<Ticket>;
let kept: (Session | null)[];
let timers: { action: () => void; milliseconds: number }[];
let now: number;

const station: Station = {
	topics: async (language) => {
		asked.push(`topics ${language}`);
		return shown.kind === "unreachable" ? shown : { kind: "ok", value: { ...topics, language } };
	},
	signIn: async (staff, pin, counter) => {
		asked.push(`sign in ${staff} ${pin} ${counter}`);
		return pin === "1234"
			? { kind: "ok", value: session }
			: { kind: "refused", refusal: { code: "SIGN_IN_REFUSED", message: "no", data: { triesLeft: 4 } } };
	},
	signOut: async () => {
		asked.push("sign out");
		return { kind: "ok", value: null };
	},
	queue: async () => {
		asked.push("queue");
		return shown;
	},
	health: async () => ({ kind: "ok", value: health }),
	act: async (_, action, seen, outcome) => {
		asked.push([action, ...(seen === null ? [] : [seen.id, seen.version]), ...(outcome ? [outcome] : [])].join(" "));
		return answer();
	},
	actOn: async (_, action, { id, version }, details) => {
		asked.push(`${action} ${id} ${version} ${JSON.stringify(details)}`);
		const given = await answer();
		return given.kind === "ok" && given.value === null ? { kind: "unreachable" } : (given as Answer<Ticket>);
	},
	otherSites: async (topic, language) => {
		asked.push(`other sites ${topic} ${language}`);
		return { kind: "ok", value: { sites: [otherSite] } };
	},
	sendOn: async (_, site, { id, version }) => {
		asked.push(`send on ${id} ${version} to ${site}`);
		const given = await answer();
		return given.kind === "ok" && given.value !== null
			? { kind: "ok", value: { ...given.value, otherSite: "untold" } }
			: { kind: "unreachable" };
	},
	reprint: async (_, id) => {
		asked.push(`reprint ${id}`);
		return printed;
	},
	issue: async (_, { topic, language, partySize, class: given, key }) => {
		asked.push(`issue ${topic} ${language} ${partySize} ${given} ${key}`);
		const said = await answer();
		return said.kind === "ok" && said.value === null ? { kind: "unreachable" } : (said as Answer<Ticket>);
	},
	pause: async (_, paused) => {
		asked.push(paused ? "break" : "resume");
		return { kind: "ok", value: null };
	},
	answerHelp: async () => {
		asked.push("help");
		return { kind: "ok", value: null };
	},
	noteNewRoll: async () => {
		asked.push("new roll");
		return { kind: "ok", value: null };
	},
};

function open(first: Session | null) {
	const store = createStore(reduceDesk, firstState(first));
	const desk = createDesk({
		store,
		station,
		clock: () => now,
		later: (action, milliseconds) => timers.push({ action, milliseconds }),
		forget: () => {},
		keepSession: (session) => kept.push(session),
	});
	return { store, desk };
}

/** Lets everything that waits for an answer go on. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

const mine = entry({ id: "mine", state: "called", counter: "3", version: 2 });
const auth = (state: DeskState) => (state.auth.kind === "signed-in" ? state.auth : null);

beforeEach(() => {
	asked = [];
	shown = { kind: "ok", value: queue(mine) };
	answer = async () => ({ kind: "ok", value: ticket({ ...mine, state: "serving", version: 3 }) });
	printed = { kind: "ok", value: ticket({ ...mine, print: { state: "queued" } }) };
	kept = [];
	timers = [];
	now = 400_000;
});

describe("looking at the queue", () => {
	test("begins at once and goes on slowly by itself", async () => {
		const { store, desk } = open(session);
		desk.open("zh-Hans");
		await settle();
		expect(asked).toEqual(["topics zh-Hans", "queue"]);
		expect(auth(store.read())?.queue?.tickets).toEqual([mine]);
		expect(timers.map(({ milliseconds }) => milliseconds)).toEqual([POLL_INTERVAL_MS]);
	});

	test("hints that come in a heap ask for one look more, not for many", async () => {
		const { desk } = open(session);
		desk.open("zh-Hans");
		for (let hint = 0; hint < 20; hint += 1) desk.hint();
		await settle();
		expect(asked).toEqual(["topics zh-Hans", "queue", "queue"]);
	});

	test("a station that is gone is tried again soon, and all is well when it is back", async () => {
		const { store, desk } = open(session);
		shown = { kind: "unreachable" };
		desk.open("en");
		await settle();
		expect(store.read().link).toEqual({ kind: "lost", since: 400_000 });
		expect(timers.at(-1)?.milliseconds).toBe(RETRY_EVERY);
		shown = { kind: "ok", value: queue(mine) };
		timers.at(-1)?.action();
		await settle();
		expect(store.read().link).toEqual({ kind: "up" });
		expect(auth(store.read())?.queue?.tickets).toEqual([mine]);
	});

	test("a session past its time is over, by the station's clock", async () => {
		const { store, desk } = open({ ...session, expiresAt: 500_000 });
		desk.open("en");
		await settle();
		expect(store.read().auth).toEqual({ kind: "signed-out", entry: { kind: "ended" } });
		expect(kept).toEqual([null]);
	});
});

describe("acting", () => {
	test("names the ticket and the version that staff saw, then looks again", async () => {
		const { store, desk } = open(session);
		desk.open("en");
		await settle();
		asked = [];
		shown = { kind: "ok", value: queue({ ...mine, state: "serving", version: 3 }) };
		await desk.act("start");
		expect(asked).toEqual(["start mine 2", "queue"]);
		expect(auth(store.read())?.queue?.tickets[0]?.state).toBe("serving");
	});

	test("a key pressed twice fast acts once, and no other act slips in between", async () => {
		const { desk } = open(session);
		desk.open("en");
		await settle();
		asked = [];
		await Promise.all([desk.act("start"), desk.act("start"), desk.act("no-show")]);
		expect(asked.filter((call) => call !== "queue")).toEqual(["start mine 2"]);
	});

	test("an outcome that the member of staff chose goes with the finish, and names what was seen", async () => {
		shown = { kind: "ok", value: queue(entry({ id: "mine", state: "serving", counter: "3", version: 3 })) };
		const { desk } = open(session);
		desk.open("en");
		await settle();
		asked = [];
		await desk.finish("papers-missing");
		expect(asked).toContain("finish mine 3 papers-missing");
	});

	test("what the state does not allow is not even sent", async () => {
		const { desk } = open(session);
		desk.open("en");
		await settle();
		asked = [];
		await desk.act("next");
		await desk.act("finish");
		await desk.finish("unresolved");
		expect(asked).toEqual([]);
	});

	test("an act whose answer is lost is never sent again by itself", async () => {
		const { store, desk } = open(session);
		desk.open("en");
		await settle();
		asked = [];
		answer = async () => ({ kind: "unreachable" });
		await desk.act("start");
		await settle();
		timers.at(-1)?.action();
		await settle();
		expect(asked.filter((call) => call.startsWith("start"))).toEqual(["start mine 2"]);
		expect(auth(store.read())?.notice).toEqual({ kind: "outcome-unknown", action: "start" });
	});

	test("a session that ended leads back to sign in", async () => {
		const { store, desk } = open(session);
		desk.open("en");
		await settle();
		answer = async () => ({ kind: "refused", refusal: { code: "SIGN_IN_REQUIRED", message: "", data: {} } });
		await desk.act("start");
		expect(store.read().auth).toEqual({ kind: "signed-out", entry: { kind: "ended" } });
		expect(kept).toEqual([null]);
	});

	test("a refusal is shown and the screen looks again", async () => {
		const { store, desk } = open(session);
		desk.open("en");
		await settle();
		asked = [];
		const refusal = { code: "TICKET_CHANGED", message: "changed", data: { number: "A001", state: "missed" } };
		answer = async () => ({ kind: "refused", refusal });
		shown = { kind: "ok", value: queue() };
		await desk.act("start");
		expect(asked).toEqual(["start mine 2", "queue"]);
		expect(auth(store.read())).toMatchObject({ queue: { tickets: [] }, notice: { kind: "refused", refusal } });
	});

	test("nobody waits: said plainly", async () => {
		const { store, desk } = open(session);
		shown = { kind: "ok", value: queue() };
		answer = async () => ({ kind: "ok", value: null });
		desk.open("en");
		await settle();
		await desk.act("next");
		expect(auth(store.read())?.notice).toEqual({ kind: "nobody-waits" });
	});
});

describe("paper", () => {
	test("one press prints the ticket at the counter again, twice pressed once; it reads as printing again at once", async () => {
		const { store, desk } = open(session);
		desk.open("en");
		await settle();
		asked = [];
		shown = { kind: "ok", value: queue({ ...mine, print: { state: "sending" } }) };
		await Promise.all([desk.act("reprint"), desk.act("reprint")]);
		expect(asked).toEqual(["reprint mine", "queue"]);
		expect(auth(store.read())).toMatchObject({
			busy: null,
			done: { action: "reprint", number: "A001" },
			queue: { tickets: [{ print: { state: "sending" } }] },
		});
		expect(Object.keys(auth(store.read())?.copies ?? {})).toEqual(["mine"]);
	});

	test("with nothing to print again nothing is sent", async () => {
		const { desk } = open(session);
		shown = { kind: "ok", value: queue({ ...mine, print: { state: "sent" } }) };
		desk.open("en");
		await settle();
		asked = [];
		await desk.act("reprint");
		expect(asked).toEqual([]);
	});

	test("refused, the reason is shown", async () => {
		const { store, desk } = open(session);
		desk.open("en");
		await settle();
		const refusal = { code: "PRINT_IN_FLIGHT", message: "", data: { number: "A001" } };
		printed = { kind: "refused", refusal };
		await desk.act("reprint");
		expect(auth(store.read())?.notice).toEqual({ kind: "refused", action: "reprint", refusal });
	});

	test("the printer's facts come with the look, and a new roll is noted at a free counter, too", async () => {
		const { store, desk } = open(session);
		shown = { kind: "ok", value: queue() };
		desk.open("en");
		await settle();
		expect(store.read().printer).toEqual(health.printer);
		asked = [];
		await desk.act("new-roll");
		expect(asked).toEqual(["new roll", "queue"]);
		expect(auth(store.read())?.done).toEqual({ action: "new-roll", number: null, count: 1 });
	});
});

describe("signing in", () => {
	test("keeps the session for the tab and looks at the queue", async () => {
		const { store, desk } = open(null);
		desk.open("en");
		await settle();
		await desk.signIn("Wang", "1234", "3", false);
		expect(kept).toEqual([session]);
		expect(auth(store.read())?.queue?.tickets).toEqual([mine]);
	});

	test("pressed twice, asks once; refused, says why", async () => {
		const { store, desk } = open(null);
		desk.open("en");
		await settle();
		asked = [];
		await Promise.all([desk.signIn("Wang", "0000", "3", false), desk.signIn("Wang", "0000", "3", false)]);
		expect(asked).toEqual(["sign in Wang 0000 3"]);
		expect(store.read().auth).toMatchObject({ kind: "signed-out", entry: { kind: "refused" } });
	});

	test("signing out forgets the session at once, whether the station hears of it or not", async () => {
		const { store, desk } = open(session);
		desk.open("en");
		await settle();
		const leaving = desk.signOut();
		expect(store.read().auth).toEqual({ kind: "signed-out", entry: { kind: "open" } });
		expect(kept).toEqual([null]);
		await leaving;
	});
});

describe("the rarer acts", () => {
	const acted = (change: Partial<Ticket>) => async (): Promise<Answer<Ticket>> => ({
		kind: "ok",
		value: ticket({ ...mine, version: 3, undoable: true, ...change }),
	});

	test("park and transfer name the ticket at the counter and the version seen", async () => {
		const { desk } = open(session);
		desk.open("en");
		await settle();
		answer = acted({ state: "parked", counter: null });
		await desk.act("park");
		expect(asked).toContain("park mine 2 {}");
		shown = { kind: "ok", value: queue({ ...mine, version: 4 }) };
		desk.hint();
		await settle();
		await desk.actWith("transfer", { topic: "housing", counter: null });
		expect(asked).toContain('transfer mine 4 {"topic":"housing","counter":null}');
	});

	test("another site goes on with the visit: the ticket leaves the counter, and what to tell the visitor stays", async () => {
		const { desk, store } = open(session);
		desk.open("en");
		await settle();
		expect(await desk.otherSites()).toEqual([otherSite]);
		answer = acted({ state: "finished", counter: null, outcome: "referred" });
		shown = { kind: "ok", value: queue() };
		await desk.sendOn(otherSite);
		await settle();
		expect(asked).toContain(`other sites ${mine.topic} en`);
		expect(asked).toContain(`send on mine 2 to ${otherSite.id}`);
		expect(auth(store.read())).toMatchObject({
			queue: { tickets: [] },
			notice: { kind: "sent-on", site: otherSite.name, otherSite: "untold" },
			done: { action: "refer", number: mine.number },
		});
		expect(ticketActionsOffered(store.read())).toContain("undo");
		now += 1_000;
		asked = [];
		await desk.sendOn(otherSite);
		expect(asked).toEqual([]);
	});

	test("undo takes back what this desk did last, also a finish, and nothing that has changed since", async () => {
		const { desk, store } = open(session);
		shown = { kind: "ok", value: queue({ ...mine, state: "serving" }) };
		desk.open("en");
		await settle();
		expect(ticketActionsOffered(store.read())).not.toContain("undo");
		answer = acted({ state: "finished" });
		shown = { kind: "ok", value: queue() };
		await desk.act("finish");
		await settle();
		expect(ticketActionsOffered(store.read())).toEqual(["undo"]);
		answer = acted({ state: "serving", version: 4, undoable: false });
		await desk.act("undo");
		expect(asked).toContain("undo mine 3 {}");
		expect(ticketActionsOffered(store.read())).not.toContain("undo");
	});

	test("an undo is not offered once somebody else has acted on the ticket", async () => {
		const { desk, store } = open(session);
		desk.open("en");
		await settle();
		answer = acted({ state: "waiting", counter: null });
		shown = { kind: "ok", value: queue({ ...mine, state: "waiting", counter: null, version: 4, undoable: true }) };
		await desk.act("return");
		await settle();
		expect(ticketActionsOffered(store.read())).toEqual([]);
	});

	test("a certain ticket is called only while the counter is free", async () => {
		const { desk, store } = open(session);
		const parked = entry({ id: "parked", state: "parked", version: 5 });
		desk.open("en");
		await settle();
		expect(callOffered(store.read())).toBe(false);
		await desk.call(parked);
		expect(asked.filter((one) => one.startsWith("call"))).toEqual([]);
		shown = { kind: "ok", value: queue(parked) };
		desk.hint();
		await settle();
		await desk.call(parked);
		expect(asked).toContain("call parked 5 {}");
	});
});

test("somebody asks for help at the kiosk: one key says that this desk goes", async () => {
	const { desk, store } = open(session);
	desk.open("en");
	await settle();
	await desk.act("help");
	expect(asked).not.toContain("help");
	shown = { kind: "ok", value: { ...queue(mine), help: { language: "ja", since: 1 } } };
	desk.hint();
	await settle();
	expect(helpOffered(store.read())).toEqual({ language: "ja", since: 1 });
	shown = { kind: "ok", value: queue(mine) };
	await desk.act("help");
	expect(asked).toContain("help");
	expect(helpOffered(store.read())).toBeNull();
});

describe("a break", () => {
	test("begins and ends with the same key, and meanwhile nobody is called", async () => {
		shown = { kind: "ok", value: queue(entry()) };
		const { store, desk } = open(session);
		desk.open("en");
		await settle();
		shown = { kind: "ok", value: { ...queue(entry()), pausedAt: 400_000 } };
		await desk.act("break");
		await settle();
		await desk.act("next");
		expect(auth(store.read())?.queue?.pausedAt).toBe(400_000);
		expect(asked.filter((one) => one === "next")).toEqual([]);
		shown = { kind: "ok", value: queue(entry()) };
		await desk.act("break");
		await settle();
		expect(asked.filter((one) => one === "break" || one === "resume")).toEqual(["break", "resume"]);
		expect(auth(store.read())?.queue?.pausedAt).toBeNull();
	});
});

describe("a ticket for somebody at the desk", () => {
	const walkIn = { topic: "work-permit", language: "fr", partySize: 2, class: "priority", key: "form-0001" } as const;

	test("is given, told, and stands in the line", async () => {
		answer = async () => ({ kind: "ok", value: ticket({ id: "new", number: "B012" }) });
		const { store, desk } = open(session);
		desk.open("en");
		await settle();
		expect(await desk.issue(walkIn)).toMatchObject({ number: "B012" });
		expect(asked).toContain("issue work-permit fr 2 priority form-0001");
		expect(auth(store.read())?.done).toMatchObject({ action: "issue", number: "B012" });
	});

	test("after a lost answer the same form asks with the same key, and nothing is sent by itself", async () => {
		answer = async () => ({ kind: "unreachable" });
		const { store, desk } = open(session);
		desk.open("en");
		await settle();
		expect(await desk.issue(walkIn)).toBeUndefined();
		expect(auth(store.read())?.notice).toEqual({ kind: "outcome-unknown", action: "issue" });
		await settle();
		answer = async () => ({ kind: "ok", value: ticket({ id: "new", number: "B012" }) });
		now += 5_000;
		expect(await desk.issue(walkIn)).toMatchObject({ id: "new" });
		expect(asked.filter((one) => one.startsWith("issue")).length).toBe(2);
	});
});

describe("a note", () => {
	test("is written on the ticket at the counter as staff saw it, and stays through the next look", async () => {
		answer = async () => ({ kind: "ok", value: ticket({ ...mine, version: 3 }) });
		const { store, desk } = open(session);
		desk.open("en");
		await settle();
		shown = { kind: "ok", value: queue({ ...mine, version: 3, note: "copy follows" }) };
		await desk.note("copy follows");
		expect(asked).toContain('note mine 2 {"note":"copy follows"}');
		expect(auth(store.read())?.queue?.tickets).toMatchObject([{ note: "copy follows" }]);
	});
});
