import type { OtherSite, Queue, QueueEntry, Topics } from "../../../../protocol/api/board.ts";
import type { Health } from "../../../../protocol/api/health.ts";
import type { Ticket } from "../../../../protocol/model/ticket.ts";
import type { Session } from "../../../../renderer/desk/state/state.ts";
import { asCounter, asSiteId, asTicketId, asTopicId } from "../../../fixtures/ids.ts";

/** Tickets and queues for the desk's tests. Times are small: the rules take time as an argument. */

export function entry(change: Partial<QueueEntry> = {}): QueueEntry {
	return {
		id: asTicketId("00000000-0000-4000-8000-000000000001"),
		number: "A001",
		topic: asTopicId("work-permit"),
		nextTopics: [],
		language: "ja",
		partySize: 1,
		class: "ordinary",
		bookedAt: null,
		state: "waiting",
		version: 1,
		counter: null,
		reservedFor: null,
		note: null,
		undoable: false,
		calls: 0,
		arrivedAt: 1_000,
		since: 1_000,
		notBefore: null,
		stranded: null,
		print: { state: "confirmed" },
		...change,
	};
}

export function queue(...tickets: QueueEntry[]): Queue {
	const printer = { condition: "ready", paperNearEnd: false } as const;
	return {
		seq: 7,
		at: 500_000,
		tickets,
		printer,
		counter: asCounter("3"),
		pausedAt: null,
		pauseReason: null,
		help: null,
		silentBoards: 0,
		helpCalls: [],
		next: null,
		seesStranded: false,
	};
}

export function ticket(change: Partial<Ticket> = {}): Ticket {
	const { notBefore: _, note: __, stranded: ___, ...shared } = entry();
	return { ...shared, serviceDay: "2026-11-23", ahead: 0, wait: null, outcome: null, ...change };
}

export const otherSite: OtherSite = {
	id: asSiteId("art-museum"),
	name: "Art Museum",
	nameChinese: "美术馆",
	address: "1 Some Road",
	addressChinese: "某路1号",
	timezone: "Asia/Shanghai",
	open: true,
	opensAt: null,
	closesAt: 900_000,
	example: false,
	place: null,
	queue: null,
};

export const health: Health = {
	version: "0.0.0",
	site: "centre",
	seq: 7,
	startedAt: 0,
	clock: { doubt: null, advice: null },
	otherPrinters: [],
	disk: null,
	speech: [],
	damagedMessages: [],
	outdatedTopics: [],
	calendar: null,
	searchMisses: [],
	sync: {
		server: null,
		station: null,
		reachable: null,
		lastSeenAt: null,
		refused: null,
		unsent: 0,
		forks: 0,
		serverAhead: null,
		pull: { catalogue: null, configuration: null, command: 0, refused: {}, clockOffset: null },
	},
	network: { transport: "none", addresses: [], certificate: null, advice: null },
	printer: {
		condition: "ready",
		paperNearEnd: false,
		proof: "confirmed",
		abilities: { reports: ["online", "paper", "cover", "error"], confirms: true },
		description: "This printer can report paper, cover and errors, and confirm a ticket.",
		ticketsSinceRoll: 12,
		unprinted: 0,
		advice: null,
	},
};

export const session: Session = { token: "token", staff: "Wang", role: "agent", counter: "3", expiresAt: 9_000_000 };

export const topics: Topics = {
	language: "zh-Hans",
	site: {
		id: asSiteId("centre"),
		name: "中心",
		shortName: "中心",
		shortNameChinese: "中心",
		address: "上海",
		example: false,
		timezone: "Asia/Shanghai",
		counters: [asCounter("1"), asCounter("2"), asCounter("3")],
		open: true,
		opensAt: null,
		closesAt: null,
	},
	otherSites: [],
	topics: [],
};
