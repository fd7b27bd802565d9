import type { Logger } from "pino";
import { staff } from "../../db/station/schema/staff.ts";
import { ticket } from "../../db/station/schema/tickets.ts";
import { UserError } from "../../lib/errors.ts";
import { openResources } from "../../lib/resources.ts";
import { instantOfWallClock } from "../../lib/time/wall-clock.ts";
import type { CounterNumber, StaffId, TicketId } from "../../protocol/model/ids.ts";
import { readCatalogueFiles, requireSite } from "../catalogue/read-catalogue-files.ts";
import type { DayPlan } from "../simulation/day-plan.ts";
import { planDay } from "../simulation/plan-day.ts";
import { type DayAction, playDay } from "../simulation/play-day.ts";
import type { DeskSession } from "../staff/sessions.ts";
import { openDocuments } from "../sync/pull/apply-documents.ts";
import type { AssetPaths } from "./asset-paths.ts";
import type { StationConfiguration } from "./configuration.ts";
import { PLAY_RULES } from "./connect-planning.ts";
import { connectStaff } from "./connect-staff.ts";
import { connectTickets } from "./connect-tickets.ts";
import { openFoundation } from "./foundation.ts";
import { openPublishedDocuments } from "./published-documents.ts";

const [OPENS, CLOSES] = ["09:00", "17:00"];
const DAY_MS = 24 * 3_600_000;

export interface SimulatedDays {
	days: number;
	tickets: number;
	/** The first and the last service day. */
	from: string;
	to: string;
}

export interface SimulateOptions {
	files: AssetPaths;
	log: Logger;
	seed: number;
	days: number;
	/** The last day, YYYY-MM-DD. */
	lastDay: string;
}

/**
 * Fills an empty data folder with simulated days: the station's own rooms issue, call and finish, and write their events,
 * with a clock that follows the simulation. The same seed gives the same days. Throws UserError DATA_NOT_EMPTY.
 */
export async function simulateDays(
	configuration: StationConfiguration,
	{ files, log, seed, days, lastDay }: SimulateOptions,
): Promise<SimulatedDays> {
	const { close, ...done } = await openResources(async (opened) => {
		const catalogueFiles = readCatalogueFiles(configuration.catalogue ?? files.catalogue);
		requireSite(catalogueFiles, configuration.site);
		let now = Date.parse(`${lastDay}T00:00Z`) - days * DAY_MS;
		const wall = () => now;
		const settings: StationConfiguration = { ...configuration, outsideHours: "issue" };
		const foundation = openFoundation(opened, settings, {
			files,
			log,
			catalogueFiles,
			wall,
			uptime: undefined,
			boot: undefined,
		});
		const { database, eventLog, site, enrolledAs: station, clock, newId } = foundation;
		const isUsed = [ticket, staff].some((table) => database.select().from(table).limit(1).all().length > 0);
		if (isUsed)
			throw new UserError(
				"DATA_NOT_EMPTY",
				`The folder ${configuration.data} has tickets or accounts already. Name an empty one with --data.`,
			);
		const documents = openDocuments(database, eventLog);
		const { catalogue } = openPublishedDocuments({
			...{ database, documents, station, site, catalogueFiles, clock, log, phoneAddress: undefined },
		});
		const staffRooms = connectStaff(foundation, { catalogue });
		const { tickets, endWaitsDay } = connectTickets(opened, foundation, { catalogue, ...staffRooms });
		const model = {
			...{ seed, pace: 1, load: 0.85, counters: catalogue.counters.map((counter) => ({ counter })) },
			topics: catalogue.topicIds.map((topic) => ({ topic, minutes: catalogue.service(topic)?.minutes ?? 10 })),
		};
		const members = new Map<CounterNumber, StaffId>();
		for (const [index, counter] of catalogue.counters.entries()) {
			const name = `Simulated ${index + 1}`;
			// Nobody signs in with it: the number is as random as an id.
			await staffRooms.staff.setPin(name, String(newId(now)).replace(/\D/g, "").slice(-6).padStart(6, "7"), "agent", {
				now,
			});
			const found = staffRooms.staff.list().find((one) => one.name === name);
			if (found) members.set(counter, found.id);
		}
		let issued = 0;
		const dateOf = (day: number) =>
			new Date(Date.parse(`${lastDay}T00:00Z`) - (days - 1 - day) * DAY_MS).toISOString().slice(0, 10);
		for (let day = 0; day < days; day += 1) {
			const [opensAt, closesAt] = [OPENS, CLOSES].map((time = "") =>
				instantOfWallClock(dateOf(day), time, catalogue.clock.timezone),
			);
			const plan = planDay(model, { opensAt: opensAt ?? 0, closesAt: closesAt ?? 0 }, day);
			const play = makePlayer(plan, { ...staffRooms, tickets, catalogue }, members);
			playDay(plan, PLAY_RULES, (action) => {
				now = action.at;
				play(action);
			});
			issued += plan.visitors.length;
			now += 6 * 3_600_000;
			tickets.closePastDays(now);
			// Else the estimates of the next days would not know how the last were.
			endWaitsDay();
		}
		return { days, tickets: issued, from: dateOf(0), to: lastDay };
	});
	await close();
	return done;
}

type Rooms = Pick<ReturnType<typeof connectStaff>, "sessions"> &
	Pick<ReturnType<typeof connectTickets>, "tickets"> & {
		catalogue: Parameters<typeof connectTickets>[2]["catalogue"];
	};

/** Does at the station what the simulated people do. */
function makePlayer(
	{ visitors }: DayPlan,
	{ sessions, tickets, catalogue }: Rooms,
	members: Map<CounterNumber, StaffId>,
) {
	const ids = new Map<number, TicketId>();
	const sessionAt = (counter: CounterNumber, now: number): DeskSession | undefined =>
		sessions.list(now).find((one) => one.counter === counter);
	const idOf = (visitor: number): TicketId => {
		const id = ids.get(visitor);
		if (id === undefined) throw new Error(`The visitor ${visitor} has no ticket.`);
		return id;
	};
	return (action: DayAction): void => {
		const { at: now } = action;
		const actor = "counter" in action ? { now, by: members.get(action.counter) } : { now };
		switch (action.kind) {
			case "sign-in": {
				const member = members.get(action.counter);
				if (member) sessions.open(member, { counter: action.counter, takeOver: true, now });
				return;
			}
			case "sign-out":
			case "pause":
			case "resume": {
				const session = sessionAt(action.counter, now);
				if (!session) return;
				if (action.kind === "sign-out") sessions.close(session, now);
				else sessions.pause(session, action.kind === "pause" ? { reason: null } : null, now);
				return;
			}
			case "issue": {
				const visitor = visitors[action.visitor];
				const series = visitor && catalogue.service(visitor.topic)?.series;
				if (!visitor || visitor.language === null || series === undefined) return;
				const { topic, language, partySize, class: ticketClass } = visitor;
				const key = `simulated-${now}-${action.visitor}`;
				const request = { topic, series, language, partySize, requestKey: key, class: ticketClass };
				ids.set(action.visitor, tickets.issue(request, now).ticket.id);
				return;
			}
			case "call":
				tickets.actOn(idOf(action.visitor), () => ({ kind: "call", counter: action.counter }), {}, actor);
				return;
			case "start":
			case "no-show":
				tickets.actAtCounter(action.counter, { kind: action.kind }, {}, actor);
				return;
			case "finish": {
				const visitor = visitors[action.visitor];
				tickets.finish(action.counter, visitor?.outcome ?? "answered", {}, actor);
				if (visitor?.rating) tickets.rate(idOf(action.visitor), visitor.rating, now);
				return;
			}
			case "transfer": {
				const { topic } = action;
				tickets.actOn(idOf(action.visitor), () => ({ kind: "transfer", topic, reservedFor: null }), {}, actor);
				return;
			}
			case "leave":
				tickets.actOn(idOf(action.visitor), () => ({ kind: "cancel", reason: "left" }), {}, actor);
				return;
			default:
				action satisfies never;
		}
	};
}
