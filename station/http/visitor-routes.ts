import type { TicketId, TopicId } from "../../protocol/model/ids.ts";
import type { PhoneTicket } from "../../protocol/model/phone.ts";
import type { IssuedTicket, Ticket } from "../../protocol/model/ticket.ts";
import { checklistOf } from "../catalogue/checklist/checklist.ts";
import { pageCode, takeHomeCode } from "../catalogue/checklist/take-home.ts";
import { withQueues } from "../catalogue/other-sites.ts";
import { drawQrCode } from "../qr-code.ts";
import { Refusal } from "../refusal.ts";
import type { IssueRequest } from "../tickets/issue.ts";
import { toPhoneTicket } from "../tickets/phone-ticket.ts";
import { os } from "./call.ts";
import { ticketForVisit } from "./check-in.ts";
import { checklistSlipOf } from "./checklist-slip.ts";
import { directionsSlipTo } from "./directions-slip.ts";
import type { Guards } from "./guards.ts";
import { makeIdempotent } from "./idempotency.ts";
import { microBatch } from "./micro-batch.ts";
import { requireLanguage, requireServices, requireTopic, requireTopicAnywhere } from "./params.ts";
import { kioskIdOf, kioskOf, requireKiosk } from "./request-source.ts";
import type { RouterDeps } from "./router-deps.ts";
import { visitorTopics } from "./visitor-topics.ts";

/** What visitors ask, at the kiosk and on their phones. */
export function makeVisitorRoutes(deps: RouterDeps, guards: Guards) {
	const { catalogue, tickets, clock } = deps;
	const { issuerOf, arrivalBy, ticketOf } = guards;

	const issueBatched = microBatch((requests: IssueRequest[]) => tickets.issueTogether(requests, clock()));
	const printDirectionsOnce = makeIdempotent();
	const printChecklistOnce = makeIdempotent();
	const checklistFor = (asked: { topics: readonly TopicId[]; answers: readonly string[]; language: string }) =>
		checklistOf(
			{
				services: requireServices(catalogue, asked.topics),
				answers: asked.answers,
				language: requireLanguage(asked.language),
			},
			{ catalogue, texts: deps.checklistTexts, now: clock() },
		);
	/** What the kiosk is told of a ticket that it asked for. */
	const forKiosk = (ticket: Ticket, code: string): IssuedTicket => {
		const page = deps.phonePage(code);
		return { ...ticket, code, ...(page !== undefined && { phonePage: drawQrCode(page) }) };
	};
	const forPhone = (id: TicketId, asked?: string): PhoneTicket => {
		const now = clock();
		const ticket = tickets.readForVisitor(id, now);
		const language = asked === undefined ? ticket.language : requireLanguage(asked);
		return toPhoneTicket(ticket, { catalogue, opening: deps.hours(now), language });
	};

	return {
		topics: {
			list: os.topics.list.handler(({ input }) => {
				const language = requireLanguage(input.language);
				// The visitor reads the topics next: time for the language's faces to be loaded.
				deps.languageChosen(language);
				return visitorTopics(deps, language, clock());
			}),
			keywords: os.topics.keywords.handler(({ input }) => {
				const language = requireLanguage(input.language);
				const t = deps.checklistTexts(language);
				const texts = { nothing: t("searchNothing"), allTopics: t("searchTopics"), askStaff: t("askStaff") };
				return { topics: catalogue.keywords(language), texts };
			}),
			reportMiss: os.topics.reportMiss.handler(({ input, context }) => {
				requireKiosk(context, deps.kioskKey);
				deps.searchMisses.report(input.words, requireLanguage(input.language));
			}),
		},
		checklist: {
			read: os.checklist.read.handler(({ input }) => {
				const list = checklistFor(input);
				return { ...list, takeHome: takeHomeCode(list), page: pageCode(list) };
			}),
			print: os.checklist.print.handler(async ({ input, context }) => {
				requireKiosk(context, deps.kioskKey);
				const list = checklistFor(input);
				const slip = checklistSlipOf(list, { catalogue, t: deps.checklistTexts(list.language), now: clock() });
				await printChecklistOnce(input.key, () => deps.printChecklist(slip));
			}),
		},
		otherSites: {
			list: os.otherSites.list.handler(({ input }) => {
				const { topic } = input;
				requireTopicAnywhere(catalogue, topic);
				const now = clock();
				const sites = catalogue.otherSites(topic, requireLanguage(input.language), now);
				return { sites: withQueues(sites, deps.networkSites(), { topic, now }) };
			}),
			printDirections: os.otherSites.printDirections.handler(async ({ input, context }) => {
				requireKiosk(context, deps.kioskKey);
				requireTopicAnywhere(catalogue, input.topic);
				const slip = directionsSlipTo(catalogue, { ...input, language: requireLanguage(input.language) }, clock());
				await printDirectionsOnce(input.key, () => deps.printDirections(slip));
			}),
		},
		tickets: {
			issue: os.tickets.issue.handler(async ({ input, context }) => {
				const by = issuerOf(context, input.class);
				const language = requireLanguage(input.language);
				const [service] = [input.topic, ...input.nextTopics].map((topic) => requireTopic(catalogue, topic));
				if (!service) throw new Error("A ticket has a topic.");
				const twice = input.nextTopics.find(
					(topic, index) => [input.topic, ...input.nextTopics].indexOf(topic) <= index,
				);
				if (twice !== undefined) throw new Refusal("TOPIC_REPEATED", { topic: twice });
				const answer = await issueBatched({
					topic: service.id,
					nextTopics: input.nextTopics,
					series: service.series,
					language,
					partySize: input.partySize,
					requestKey: input.key,
					class: input.class,
					by,
					kiosk: kioskOf(context),
				});
				if (answer instanceof Refusal) throw answer;
				const { ticket, issued, code } = answer;
				const body = by === undefined ? forKiosk(ticket, code) : ticket;
				if (!issued) return { status: 200, body };
				deps.jobQueued();
				return { status: 201, body };
			}),
			read: os.tickets.read.handler(({ input }) => tickets.read(input.id, clock())),
		},
		visits: {
			checkIn: os.visits.checkIn.handler(async ({ input, context }) => {
				requireKiosk(context, deps.kioskKey);
				const language = requireLanguage(input.language);
				const arrival = arrivalBy(context, input.code);
				if (arrival.kind === "ticket") return { status: 200, body: forKiosk(arrival.ticket, arrival.code) };
				const answer = await issueBatched({
					...ticketForVisit(arrival.visit, catalogue, language),
					kiosk: kioskOf(context),
				});
				if (answer instanceof Refusal) throw answer;
				const body = forKiosk(answer.ticket, answer.code);
				if (!answer.issued) return { status: 200, body };
				deps.jobQueued();
				return { status: 201, body };
			}),
		},
		help: {
			ask: os.help.ask.handler(({ input, context }) => {
				requireKiosk(context, deps.kioskKey);
				deps.help.ask(input.language, clock(), kioskIdOf(context));
			}),
			read: os.help.read.handler(({ context }) => {
				requireKiosk(context, deps.kioskKey);
				return { open: deps.help.list().some(({ kiosk }) => kiosk === kioskIdOf(context)) };
			}),
		},
		phone: {
			read: os.phone.read.handler(({ input, context }) => forPhone(ticketOf(context, input.code), input.language)),
			leave: os.phone.leave.handler(({ input: { code, version }, context }) => {
				const id = ticketOf(context, code);
				tickets.actOn(id, () => ({ kind: "cancel", reason: "left" }), { version }, { now: clock() });
				return forPhone(id);
			}),
			delay: os.phone.delay.handler(({ input: { code, version, minutes }, context }) => {
				const id = ticketOf(context, code);
				tickets.delay(id, minutes, { version }, clock());
				return forPhone(id);
			}),
			giveWay: os.phone.giveWay.handler(({ input: { code, version, people }, context }) => {
				const id = ticketOf(context, code);
				tickets.giveWay(id, people, { version }, clock());
				return forPhone(id);
			}),
			rate: os.phone.rate.handler(({ input: { code, rating }, context }) => {
				const id = ticketOf(context, code);
				tickets.rate(id, rating, clock());
				return forPhone(id);
			}),
			webPushKey: os.phone.webPushKey.handler(() => ({ key: deps.webPush.publicKey })),
			subscribe: os.phone.subscribe.handler(({ input: { code, ...request }, context }) => {
				deps.webPush.subscribe({ ticket: ticketOf(context, code), code }, request, clock());
			}),
			unsubscribe: os.phone.unsubscribe.handler(({ input: { code }, context }) => {
				deps.webPush.unsubscribe(ticketOf(context, code));
			}),
		},
	};
}
