import type { Store } from "../../ui/store.ts";
import type { DeskEvent, DeskState, Session, SignedIn } from "../state/state.ts";
import type { Station } from "./station-client.ts";

export interface DeskDeps {
	store: Store<DeskState, DeskEvent>;
	station: Station;
	/** This machine's clock, UTC milliseconds. */
	clock(): number;
	later(run: () => void, delayMs: number): number;
	forget(timer: number): void;
	/** Saves the session for this tab; null removes it. */
	saveSession(session: Session | null): void;
}

/** Null where nobody is signed in. */
export function readSignedIn({ store }: Pick<DeskDeps, "store">): SignedIn | null {
	const { auth } = store.read();
	return auth.kind === "signed-in" ? auth : null;
}
