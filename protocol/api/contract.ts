import { deskContract as desk } from "./desk-contract.ts";
import { setupContract } from "./setup-contract.ts";
import { staffGateContract } from "./staff-gate-contract.ts";
import { stationContract as station } from "./station-contract.ts";
import { statisticsContract } from "./statistics-contract.ts";
import { supervisionContract as supervision } from "./supervision-contract.ts";
import { visitorContract as visitor } from "./visitor-contract.ts";

/** The station's API, put together. `GET /api/openapi.json` is made from this, and nothing is served that is not in it. */
export const contract = {
	topics: visitor.topics,
	checklist: visitor.checklist,
	otherSites: visitor.otherSites,
	tickets: { ...visitor.tickets, ...desk.tickets },
	visits: { ...visitor.visits, ...desk.visits, ...supervision.visits },
	help: { ...visitor.help, ...desk.help },
	phone: visitor.phone,
	queue: desk.queue,
	endedTickets: desk.endedTickets,
	board: station.board,
	speech: station.speech,
	messages: station.messages,
	health: station.health,
	printer: station.printer,
	device: supervision.device,
	devices: supervision.devices,
	enrolment: supervision.enrolment,
	clock: supervision.clock,
	session: desk.session,
	supervision: supervision.supervision,
	staff: supervision.staff,
	setup: setupContract.setup,
	staffGate: staffGateContract.staffGate,
	statistics: statisticsContract.statistics,
	counters: desk.counters,
};

export type Contract = typeof contract;
