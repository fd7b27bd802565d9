import type { Answer } from "../../../api-client/answer.ts";
import { type FleetClient, isFleetMessage } from "../../../api-client/fleet-client.ts";
import type { StationId } from "../../../protocol/model/ids.ts";
import type { FleetStatistics } from "../../../protocol/statistics/fleet-statistics.ts";
import type { AdministratorsAction } from "../../../protocol/sync/command.ts";
import type { EventStreamListener } from "../../ui/event-stream.ts";
import type { Store } from "../../ui/store.ts";
import type { Catalogue, FleetEvent, FleetState } from "../state/state.ts";
import { catalogueOf } from "./read-catalogue-files.ts";

/** The page's requests. Every answer goes to the store. */
export interface Fleet {
	open(): Promise<void>;
	signIn(name: string, password: string): Promise<void>;
	signOut(): Promise<void>;
	makeCode(site: string): Promise<void>;
	revoke(station: StationId): Promise<void>;
	/** Removes a station whose code was never used. */
	remove(station: StationId): Promise<void>;
	/** Records that somebody has reviewed a station's forks. */
	reviewForks(station: StationId, forks: number): Promise<void>;
	/** Loads the selected station's commands before the given number; null: from the newest on. */
	olderCommands(station: StationId, before: number | null): Promise<void>;
	command(station: StationId, action: AdministratorsAction): Promise<void>;
	/** Asks the server to check the chosen files. */
	review(files: readonly { name: string; text: string }[]): Promise<void>;
	publish(name: string, catalogue: Catalogue): Promise<void>;
	/** What past days show. Its page shows a refusal by itself. */
	statistics(question: StatisticsQuestion): Promise<Answer<FleetStatistics>>;
}

type StatisticsQuestion = Parameters<FleetClient["statistics"]["read"]>[0];

export interface FleetDeps {
	server: FleetClient;
	/** Opens the stream of snapshots; returns the way to close it. */
	watch(listener: EventStreamListener): () => void;
	clock(): number;
	later(action: () => void): void;
}

export function createFleet(store: Store<FleetState, FleetEvent>, { server, watch, clock, later }: FleetDeps): Fleet {
	let endWatching: (() => void) | undefined;
	/** The catalogue version of the names; null is the stations' built-in catalogue. */
	let namesVersion: number | null | undefined;

	const stopWatching = () => {
		endWatching?.();
		endWatching = undefined;
		namesVersion = undefined;
	};
	async function poll(): Promise<void> {
		const answer = await server.session.read();
		store.dispatch({ type: "session", answer });
		if (answer.kind === "ok")
			endWatching ??= watch({
				onOpen: () => {},
				onMessage(data) {
					if (!isFleetMessage(data)) return;
					store.dispatch({ type: "message", message: data, now: clock() });
					void loadNames();
				},
				// A stream cannot tell an ended session from an unreachable server; a request can.
				onLost: () => {
					store.dispatch({ type: "lost" });
					void poll();
				},
			});
		if (answer.kind === "refused") stopWatching();
		if (answer.kind === "unreachable" && store.read().at === "unavailable") later(() => void poll());
	}
	/** A new catalogue has new names. */
	async function loadNames(): Promise<void> {
		const state = store.read();
		if (state.at !== "signed-in") return;
		const version = state.snapshot.documents.find(({ kind }) => kind === "catalogue")?.version ?? null;
		if (namesVersion === version) return;
		namesVersion = version;
		const answer = await server.fleet.names();
		if (answer.kind === "ok") store.dispatch({ type: "names", names: answer.value });
		else namesVersion = undefined;
	}
	/** Reports the outcome of an action; an ended session returns to the sign-in screen. */
	async function reportOutcome(answer: Answer<unknown>): Promise<void> {
		if (answer.kind === "ok") return store.dispatch({ type: "done" });
		store.dispatch({ type: "refused", refused: { code: codeOf(answer) } });
		await poll();
	}
	return {
		open: poll,
		async signIn(name, password) {
			store.dispatch({ type: "sign-in-started" });
			const answer = await server.session.open({ name, password });
			if (answer.kind === "ok") await poll();
			else store.dispatch({ type: "sign-in-failed", attempt: answer });
		},
		async signOut() {
			stopWatching();
			await server.session.close();
			store.dispatch({ type: "signed-out" });
		},
		async makeCode(site) {
			const answer = await server.enrolmentCodes.create({ site });
			if (answer.kind === "ok") store.dispatch({ type: "code", code: answer.value });
			else await reportOutcome(answer);
		},
		revoke: async (station) => reportOutcome(await server.stations.revoke({ station })),
		remove: async (station) => reportOutcome(await server.stations.remove({ station })),
		reviewForks: async (station, forks) => reportOutcome(await server.stations.reviewForks({ station, forks })),
		async olderCommands(station, before) {
			const answer = await server.commands.list({ station, before: before ?? undefined });
			const state = store.read();
			if (answer.kind !== "ok") await reportOutcome(answer);
			else if (state.at === "signed-in" && state.chosen === station)
				store.dispatch({ type: "older", commands: answer.value.commands });
		},
		command: async (station, action) => reportOutcome(await server.commands.send({ station, action })),
		async review(files) {
			const name = files.map((file) => file.name).join(", ");
			const catalogue = catalogueOf(files);
			if (catalogue === undefined)
				return store.dispatch({ type: "publication", publication: { at: "unreadable", name } });
			store.dispatch({ type: "publication", publication: { at: "pending", name } });
			const answer = await server.catalogue.review({ catalogue });
			store.dispatch({
				type: "publication",
				publication:
					answer.kind === "ok"
						? { at: "reviewed", name, catalogue, review: answer.value }
						: { at: "failed", name, code: codeOf(answer) },
			});
		},
		async statistics(question) {
			const answer = await server.statistics.read(question);
			// An ended session returns to the sign-in screen.
			if (answer.kind === "refused" && answer.code === "SIGN_IN_REQUIRED") await poll();
			return answer;
		},
		async publish(name, catalogue) {
			store.dispatch({ type: "publication", publication: { at: "pending", name } });
			const answer = await server.catalogue.publish({ catalogue });
			store.dispatch({
				type: "publication",
				publication:
					answer.kind === "ok"
						? { at: "published", name, version: answer.value.version }
						: { at: "failed", name, code: codeOf(answer) },
			});
		},
	};
}

const codeOf = (answer: Exclude<Answer<unknown>, { kind: "ok" }>) =>
	answer.kind === "refused" ? answer.code : "unreachable";
