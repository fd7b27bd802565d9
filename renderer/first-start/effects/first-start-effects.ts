import type { Answer } from "../../../api-client/answer.ts";
import { createStationClient } from "../../../api-client/station-client.ts";
import type { PrinterSetup, SheetAnswers } from "../../../protocol/api/printer-setup.ts";
import type { PrinterSearch, SiteChoice } from "../../../protocol/api/setup.ts";
import type { StationEnrolmentRequest } from "../../../protocol/api/station-enrolment.ts";
import type { StaffLanguage } from "../../i18n/staff-languages.ts";
import type { Store } from "../../ui/store.ts";
import type { FirstStartEvent, FirstStartState, Place } from "../state/state.ts";

/** Why something was not done: the refusal's code, or that the station did not answer. */
export type Failure = { code: string; detail: string | null };
export type Result<Value> = { value: Value } | { failure: Failure };

/** What the screens ask of the station. None of them rejects. */
export interface FirstStart {
	open(place: Place): Promise<void>;
	/** Reads again what the station is set up with. */
	refresh(): Promise<void>;
	sites(language: StaffLanguage): Promise<Result<readonly SiteChoice[]>>;
	chooseSite(site: string): Promise<Result<null>>;
	printers(): Promise<Result<PrinterSearch>>;
	scanNetwork(): Promise<Result<PrinterSearch>>;
	choosePrinter(address: string | null): Promise<Result<null>>;
	readPrinter(): Promise<Result<PrinterSetup>>;
	/** Waits for a printer that has only just been connected. */
	printSheet(profile: string | null): Promise<Result<null>>;
	keepSheet(answers: SheetAnswers): Promise<Result<PrinterSetup>>;
	enrol(request: StationEnrolmentRequest): Promise<Result<null>>;
	addSupervisor(account: { name: string; pin: string }): Promise<Result<null>>;
}

export interface FirstStartDeps {
	key: string;
	store: Store<FirstStartState, FirstStartEvent>;
	sleep(milliseconds: number): Promise<void>;
	/** Loads the page again: somebody else has ended the first start. */
	reload(): void;
	fetch?: typeof globalThis.fetch;
}

const RETRY_MS = 1_000;
/** The station opens again with another site. */
const REOPEN_TIMEOUT_MS = 20_000;
/** A sheet is out when the printer says so. */
const SHEET_TIMEOUT_MS = 40_000;
const SHEET_TRIES = 5;
/** The station gives the server 15 s. */
const ENROLMENT_TIMEOUT_MS = 20_000;

export function createFirstStart({ key, store, sleep, reload, fetch }: FirstStartDeps): FirstStart {
	const client = createStationClient({ token: key, ...(fetch && { fetch }) });
	const { setup, printer, enrolment } = client;

	function resultOf<Value>(answer: Answer<Value>): Result<Value> {
		if (answer.kind === "ok") return { value: answer.value };
		if (answer.kind === "unreachable") return { failure: { code: "unreachable", detail: null } };
		if (answer.code === "FIRST_START_OVER") reload();
		return { failure: { code: answer.code, detail: detailOf(answer.data) } };
	}

	async function refresh(): Promise<void> {
		const answer = await setup.read(undefined, { timeoutMs: REOPEN_TIMEOUT_MS });
		if (answer.kind === "ok") store.dispatch({ type: "refreshed", setup: answer.value });
		else if (answer.kind === "unreachable") store.dispatch({ type: "lost" });
		else if (answer.code === "FIRST_START_OVER") reload();
	}

	async function afterwards<Value>(result: Result<Value>): Promise<Result<Value>> {
		await refresh();
		return result;
	}

	return {
		refresh,
		async open(place) {
			for (;;) {
				const answer = await setup.read();
				if (answer.kind === "ok") return store.dispatch({ type: "opened", setup: answer.value, place });
				if (answer.kind === "refused")
					return answer.code === "FIRST_START_OVER" ? reload() : store.dispatch({ type: "closed" });
				store.dispatch({ type: "lost" });
				await sleep(RETRY_MS);
			}
		},
		async sites(language) {
			const result = resultOf(await setup.sites({ language }));
			return "value" in result ? { value: result.value.sites } : result;
		},
		chooseSite: async (site) => afterwards(resultOf(await setup.chooseSite({ site }))),
		printers: async () => resultOf(await setup.printers()),
		scanNetwork: async () => resultOf(await setup.scanNetwork()),
		choosePrinter: async (address) =>
			afterwards(resultOf(await setup.choosePrinter({ address }, { timeoutMs: REOPEN_TIMEOUT_MS }))),
		readPrinter: async () => resultOf(await printer.readSetup()),
		async printSheet(profile) {
			for (let tries = 1; ; tries++) {
				const result = resultOf(await printer.printSheet({ profile }, { timeoutMs: SHEET_TIMEOUT_MS }));
				const isConnecting = "failure" in result && result.failure.detail === "unreachable";
				if (!isConnecting || tries === SHEET_TRIES) return result;
				await sleep(RETRY_MS);
			}
		},
		keepSheet: async (answers) => resultOf(await printer.keepSetup(answers, { timeoutMs: REOPEN_TIMEOUT_MS })),
		async enrol(request) {
			const result = resultOf(await enrolment.enrol(request, { timeoutMs: ENROLMENT_TIMEOUT_MS }));
			return afterwards("value" in result ? { value: null } : result);
		},
		async addSupervisor(account) {
			const result = resultOf(await setup.addSupervisor(account));
			if ("failure" in result) return result;
			store.dispatch({ type: "supervisor-made", name: result.value.name });
			return { value: null };
		},
	};
}

/** Why, where a refusal says more than its code: the printer's condition, or the server's reason. */
function detailOf(data: Readonly<Record<string, unknown>>): string | null {
	const detail = data.condition ?? data.reason;
	return typeof detail === "string" ? detail : null;
}
