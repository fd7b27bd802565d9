/** Connects the rooms that write with those that must know of it, without either knowing the other. */
export interface ChangeSignal {
	/** To be called after each commit that changes what screens show or what the server should know. */
	notify(): void;
	/** Calls `listener` at each notification. */
	subscribe(listener: () => void): void;
}

export function createChangeSignal(): ChangeSignal {
	const listeners: (() => void)[] = [];
	return {
		notify() {
			for (const listener of listeners) listener();
		},
		subscribe(listener) {
			listeners.push(listener);
		},
	};
}
