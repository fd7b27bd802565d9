/** A small external store for React's useSyncExternalStore: one state, one pure reducer, told by events. */
export interface Store<State, Event> {
	read(): State;
	dispatch(event: Event): void;
	/** Calls the listener after every change; gives back the way to stop. */
	subscribe(listener: () => void): () => void;
}

export function createStore<State, Event>(
	reduce: (state: State, event: Event) => State,
	first: State,
): Store<State, Event> {
	let state = first;
	const listeners = new Set<() => void>();
	return {
		read: () => state,
		dispatch(event) {
			const next = reduce(state, event);
			if (next === state) return;
			state = next;
			for (const listener of [...listeners]) listener();
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}
