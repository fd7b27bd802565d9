import type { FleetMessage } from "../../../protocol/api/fleet-changes.ts";
import type { CommandAction } from "../../../protocol/sync/command.ts";
import type { EventStreamListener } from "../../ui/event-stream.ts";
import type { Store } from "../../ui/store.ts";
import type { FleetEvent, FleetState } from "../state/state.ts";
import { catalogueOf } from "./read-catalogue-files.ts";
import type { Answer, Catalogue, Server } from "./server-client.ts";

/** What the page does besides showing. All it learns it tells the store. */
export interface Fleet {
	open(): Promise<void>;
	signIn(name: string, password: string): Promise<void>;
	signOut(): Promise<void>;
	makeCode(site: string): Promise<void>;
	revoke(station: string): Promise<void>;
	/** Takes back a station that was made for a code which nobody used. */
	remove(station: string): Promise<void>;
	/** Keeps that somebody has looked at a station's forks. */
	reviewForks(station: string, forks: number): Promise<void>;
	/** Asks for what administrators told the chosen station before one of its commands; null: from the newest on. */
	olderCommands(station: string, before: number | null): Promise<void>;
	command(
		station: string,
		action: Exclude<CommandAction, { kind: "expect-visitor" | "visitor-action" }>,
	): Promise<void>;
	/** Has the server check the files that were chosen. */
	review(files: readonly { name: string; text: string }[]): Promise<void>;
	publish(name: string, catalogue: Catalogue): Promise<void>;
}

export interface FleetDeps {
	server: Server;
	/** Opens the stream of pictures; gives the way to close it. */
	watch(listener: EventStreamListener): () => void;
	clock(): number;
	later(action: () => void): void;
}

export function createFleet(store: Store<FleetState, FleetEvent>, { server, watch, clock, later }: FleetDeps): Fleet {
	let endWatching: (() => void) | undefined;
	/** The catalogue whose names were asked for; null is the one that stations bring. */
	let namesAsked: number | null | undefined;

	const stopWatching = () => {
		endWatching?.();
		endWatching = undefined;
		namesAsked = undefined;
	};
	async function poll(): Promise<void> {
		const answer = await server.session();
		store.dispatch({ type: "session", answer });
		if (answer.kind === "ok")
			endWatching ??= watch({
				onOpen: () => {},
				onMessage(data) {
					store.dispatch({ type: "message", message: data as FleetMessage, now: clock() });
					void learnNames();
				},
				// A session that ended and a server that went away look the same to a stream: asking tells which.
				onLost: () => {
					store.dispatch({ type: "lost" });
					void poll();
				},
			});
		if (answer.kind === "refused") stopWatching();
		if (answer.kind === "missed" && store.read().at === "unavailable") later(() => void poll());
	}
	/** Another catalogue has other names. */
	async function learnNames(): Promise<void> {
		const state = store.read();
		if (state.at !== "looking") return;
		const version = state.picture.documents.find(({ kind }) => kind === "catalogue")?.version ?? null;
		if (namesAsked === version) return;
		namesAsked = version;
		const answer = await server.names();
		if (answer.kind === "ok") store.dispatch({ type: "names", names: answer.value });
		else namesAsked = undefined;
	}
	/** Says what an act came to; a session that has ended leads back to the sign-in. */
	async function tellEnd(answer: Answer<unknown>): Promise<void> {
		if (answer.kind === "ok") return store.dispatch({ type: "done" });
		store.dispatch({ type: "refused", refused: { code: codeOf(answer) } });
		await poll();
	}
	return {
		open: poll,
		async signIn(name, password) {
			store.dispatch({ type: "asked-in" });
			const answer = await server.signIn(name, password);
			if (answer.kind === "ok") await poll();
			else store.dispatch({ type: "not-in", trial: answer });
		},
		async signOut() {
			stopWatching();
			await server.signOut();
			store.dispatch({ type: "signed-out" });
		},
		async makeCode(site) {
			const answer = await server.makeCode(site);
			if (answer.kind === "ok") store.dispatch({ type: "code", code: answer.value });
			else await tellEnd(answer);
		},
		revoke: async (station) => tellEnd(await server.revoke(station)),
		remove: async (station) => tellEnd(await server.remove(station)),
		reviewForks: async (station, forks) => tellEnd(await server.reviewForks(station, forks)),
		async olderCommands(station, before) {
			const answer = await server.olderCommands(station, before);
			const state = store.read();
			if (answer.kind !== "ok") await tellEnd(answer);
			else if (state.at === "looking" && state.chosen === station)
				store.dispatch({ type: "older", commands: answer.value.commands });
		},
		command: async (station, action) => tellEnd(await server.command(station, action)),
		async review(files) {
			const name = files.map((file) => file.name).join(", ");
			const catalogue = catalogueOf(files);
			if (catalogue === undefined)
				return store.dispatch({ type: "publication", publication: { at: "unreadable", name } });
			store.dispatch({ type: "publication", publication: { at: "asking", name } });
			const answer = await server.review(catalogue);
			store.dispatch({
				type: "publication",
				publication:
					answer.kind === "ok"
						? { at: "reviewed", name, catalogue, review: answer.value }
						: { at: "failed", name, code: codeOf(answer) },
			});
		},
		async publish(name, catalogue) {
			store.dispatch({ type: "publication", publication: { at: "asking", name } });
			const answer = await server.publish(catalogue);
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
	answer.kind === "refused" ? answer.code : "missed";
