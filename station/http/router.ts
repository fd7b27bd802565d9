import { makeAppointmentRoutes } from "./appointment-routes.ts";
import { os } from "./call.ts";
import { makeClosureRoutes } from "./closure-routes.ts";
import { makeDeskRoutes } from "./desk-routes.ts";
import { makeDeviceRoutes } from "./device-routes.ts";
import { makeGuards } from "./guards.ts";
import type { RouterDeps } from "./router-deps.ts";
import { makeSetupRoutes } from "./setup-routes.ts";
import { makeStaffGateRoutes } from "./staff-gate-routes.ts";
import { makeStaffRoutes } from "./staff-routes.ts";
import { makeStationRoutes } from "./station-routes.ts";
import { makeStatisticsRoutes } from "./statistics-routes.ts";
import { makeSupervisionRoutes } from "./supervision-routes.ts";
import { makeVisitorRoutes } from "./visitor-routes.ts";

/** The contract, carried out. Each handler checks who asks, then hands over to one room. */
export function makeRouter(deps: RouterDeps) {
	const guards = makeGuards(deps);
	const visitor = makeVisitorRoutes(deps, guards);
	const desk = makeDeskRoutes(deps, guards);
	const supervision = makeSupervisionRoutes(deps, guards);
	const devices = makeDeviceRoutes(deps, guards);
	const staffRoutes = makeStaffRoutes(deps, guards);
	const station = makeStationRoutes(deps, guards);
	const { statistics } = makeStatisticsRoutes(deps, guards);
	return os.router({
		topics: visitor.topics,
		checklist: visitor.checklist,
		otherSites: visitor.otherSites,
		tickets: { ...visitor.tickets, ...desk.tickets },
		visits: { ...visitor.visits, ...desk.visits, ...makeAppointmentRoutes(deps, guards).visits },
		help: { ...visitor.help, ...desk.help },
		phone: visitor.phone,
		queue: desk.queue,
		endedTickets: desk.endedTickets,
		board: station.board,
		speech: station.speech,
		messages: station.messages,
		health: station.health,
		printer: station.printer,
		device: devices.device,
		devices: devices.devices,
		enrolment: devices.enrolment,
		clock: supervision.clock,
		session: desk.session,
		supervision: { ...supervision.supervision, ...makeClosureRoutes(deps, guards) },
		staff: staffRoutes.staff,
		setup: makeSetupRoutes(deps, guards),
		staffGate: makeStaffGateRoutes(deps),
		statistics,
		counters: desk.counters,
	});
}
