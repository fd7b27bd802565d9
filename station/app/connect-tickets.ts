import { openVisits } from "../appointments/expected-visits.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { openSiteHours } from "../catalogue/site-hours.ts";
import { createBoardSound } from "../http/board-sound.ts";
import { createBroadcast } from "../http/broadcast.ts";
import { openPrintJobRepository } from "../printing/queue/print-job-repository.ts";
import { openHelpCalls } from "../staff/help-calls.ts";
import { openSiteClosure } from "../staff/site-closure.ts";
import { requireOpenSite } from "../tickets/availability.ts";
import { CODE_LENGTH, toTicketCode } from "../tickets/numbers.ts";
import { DEFAULT_QUEUE_RULES, placeOfAppointment } from "../tickets/queue-order.ts";
import { calendarServiceDay } from "../tickets/service-day.ts";
import { DEFAULT_TRANSITION_RULES } from "../tickets/state-machine.ts";
import { openTicketService, type TicketService } from "../tickets/ticket-service.ts";
import type { StaffServices } from "./connect-staff.ts";
import { connectWaits } from "./connect-waits.ts";
import type { Foundation } from "./foundation.ts";
import { shareKioskPrinters } from "./kiosk-printers.ts";

export type TicketServices = ReturnType<typeof connectTickets>;

/** Tickets and what follows from them: expected visits, print jobs, the board and calls for help. */
export function connectTickets(
	opened: AsyncDisposableStack,
	foundation: Foundation,
	{ catalogue, sessions, settings, staffing }: { catalogue: Catalogue } & StaffServices,
) {
	const { database, eventLog, newId, randomBytes, clock, holdsDay, changes } = foundation;
	const closure = openSiteClosure(database, eventLog, changes.notify);
	const enforcesOpeningHours = foundation.configuration.outsideHours === "refuse";
	const hours = openSiteHours({ catalogue, closure, enforcesOpeningHours });
	const queueRules = DEFAULT_QUEUE_RULES;
	const { knowledge, waits, startToLearn } = connectWaits(opened, foundation, {
		...{ catalogue, sessions, settings, queueRules },
		readQueue: (now) => tickets.currentQueue(now),
		expected: (now) => visits.list(now),
		serviceDay: (now) => tickets.serviceDay(now),
		refreshed: () => board.invalidate(),
	});
	const tickets: TicketService = openTicketService({
		...{ database, eventLog, site: catalogue.clock, newId, holdsDay, changed: changes.notify, queueRules },
		rules: DEFAULT_TRANSITION_RULES,
		requireAvailable: settings.requireAvailable,
		requireOpen: (now) => requireOpenSite(hours(now)),
		skillsOf: settings.skillsOf,
		topics: () => catalogue.topicIds,
		waits,
		ticketChanged: knowledge.ticketChanged.bind(knowledge),
		staffing,
		newCode: () => toTicketCode(randomBytes(CODE_LENGTH)),
	});
	startToLearn();
	const { serviceDay } = tickets;
	const visits = openVisits({
		...{ database, eventLog, serviceDay, newId },
		calendarServiceDay: (at) => calendarServiceDay(at, catalogue.clock),
		placeOfAppointment: (bookedAt, now) => placeOfAppointment(bookedAt, now, queueRules),
	});
	const printJobs = openPrintJobRepository({
		...{ database, eventLog, newId, serviceDay, changed: changes.notify },
		kiosksByPrinter: shareKioskPrinters(foundation.configuration).map(({ kiosks }) => kiosks),
	});
	const board = opened.adopt(
		createBroadcast(() => tickets.board(clock())),
		(one) => one.close(),
	);
	changes.subscribe(board.invalidate);
	const boardSound = createBoardSound(board.invalidate);
	const help = openHelpCalls(database, eventLog, board.invalidate);
	/** What the turn of a day does, for days that are played and not lived. */
	const endWaitsDay = () => {
		knowledge.dayEnded();
		waits.invalidate();
	};
	return { endWaitsDay, tickets, visits, printJobs, board, boardSound, help, queueRules, closure, hours };
}
