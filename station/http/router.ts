import { ORPCError } from "@orpc/server";
import { REFUSALS } from "../../protocol/api/refusals.ts";
import { Refusal } from "../refusal.ts";
import { os } from "./call.ts";
import { makeDeskRoutes } from "./desk-routes.ts";
import { makeGuards } from "./guards.ts";
import type { RouterParts } from "./router-deps.ts";
import { makeStationRoutes } from "./station-routes.ts";
import { makeSupervisionRoutes } from "./supervision-routes.ts";
import { makeVisitorRoutes } from "./visitor-routes.ts";

/** The contract, carried out. Each handler checks who asks, then hands over to one room. */
export function makeRouter(parts: RouterParts) {
	const guards = makeGuards(parts);
	const visitor = makeVisitorRoutes(parts, guards);
	const desk = makeDeskRoutes(parts, guards);
	const supervision = makeSupervisionRoutes(parts, guards);
	const station = makeStationRoutes(parts, guards);
	return os.router({
		topics: visitor.topics,
		elsewhere: visitor.elsewhere,
		tickets: { ...visitor.tickets, ...desk.tickets },
		visits: { ...visitor.visits, ...desk.visits, ...supervision.visits },
		help: { ...visitor.help, ...desk.help },
		phone: visitor.phone,
		queue: desk.queue,
		board: station.board,
		speech: station.speech,
		words: station.words,
		health: station.health,
		printer: station.printer,
		device: supervision.device,
		devices: supervision.devices,
		enrolment: supervision.enrolment,
		session: desk.session,
		supervision: supervision.supervision,
		counters: desk.counters,
	});
}

/** A refusal as the API's error: code, status, sentence, and who and what. Anything else is the station's own fault. */
export function toApiError(fault: unknown): ORPCError<string, unknown> {
	if (fault instanceof ORPCError) return fault;
	const code = fault instanceof Refusal ? fault.code : "STATION_FAULT";
	const data = fault instanceof Refusal ? fault.data : undefined;
	return new ORPCError(code, { ...REFUSALS[code], data, defined: true });
}
