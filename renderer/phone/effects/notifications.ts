import type { Language } from "../../../protocol/model/language.ts";
import type { Store } from "../../ui/store.ts";
import { isOver, type PhoneEvent, type PhoneState } from "../state/state.ts";
import workerAddress from "./push-worker.ts?worker&url";
import type { Station } from "./station-client.ts";

/** `unavailable`: the station or this browser has none, so the page does not offer them. */
export type NotificationsState = "unavailable" | "off" | "on" | "failed";

/** Notifications that come when the page is closed. */
export interface Notifications {
	read(): NotificationsState;
	/** Call this from a click handler: a browser asks for permission only then. */
	turnOn(): Promise<void>;
	turnOff(): Promise<void>;
	subscribe(listener: () => void): () => void;
}

/** The code of the ticket that this browser is told of. */
const SAVED_CODE = "paihao-notified-ticket";

export function openNotifications(store: Store<PhoneState, PhoneEvent>, station: Station): Notifications {
	let state: NotificationsState = "unavailable";
	let key: string | null = null;
	const listeners = new Set<() => void>();
	const become = (next: NotificationsState) => {
		state = next;
		for (const listener of listeners) listener();
	};
	const shownCode = () => {
		const { view } = store.read();
		return view.kind === "ticket" ? view.code : null;
	};
	const subscription = async () => (await registration())?.pushManager.getSubscription() ?? null;

	/** Asks the station only where the browser could do it: without TLS, or on an old phone, nothing is offered. */
	const open = async () => {
		if (!window.isSecureContext || !("PushManager" in window) || !("serviceWorker" in navigator)) return;
		if (Notification.permission === "denied") return;
		key = await station.webPushKey();
		if (key === null) return;
		const isOn = localStorage.getItem(SAVED_CODE) === shownCode() && (await subscription()) !== null;
		become(isOn ? "on" : "off");
	};

	const turnOff = async () => {
		const code = localStorage.getItem(SAVED_CODE);
		localStorage.removeItem(SAVED_CODE);
		await (await subscription())?.unsubscribe();
		if (code !== null) await station.unsubscribe(code);
		become("off");
	};

	let isOpened = false;
	store.subscribe(() => {
		const { view } = store.read();
		if (view.kind !== "ticket") return;
		if (!isOpened) {
			isOpened = true;
			void open();
		} else if (state === "on" && isOver(view.ticket.state)) void turnOff();
	});

	return {
		read: () => state,
		async turnOn() {
			const code = shownCode();
			if (code === null || key === null) return;
			try {
				const worker = (await registration()) ?? (await navigator.serviceWorker.register(workerAddress));
				await activated(worker);
				const subscribed = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
				const saved = await station.subscribe(code, subscribed.toJSON(), languageShown(store.read()));
				if (saved) localStorage.setItem(SAVED_CODE, code);
				become(saved ? "on" : "failed");
			} catch {
				// The visitor said no, or the maker's push service cannot be reached from here.
				become("failed");
			}
		},
		turnOff,
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}

const registration = () => navigator.serviceWorker.getRegistration(workerAddress);

/** A browser subscribes only a worker that is active. */
function activated({ active, installing, waiting }: ServiceWorkerRegistration): Promise<void> {
	const worker = installing ?? waiting;
	if (active !== null || worker === null) return Promise.resolve();
	return new Promise((resolve) => {
		worker.addEventListener("statechange", () => {
			if (worker.state === "activated") resolve();
		});
	});
}

function languageShown({ translation }: PhoneState): Language {
	return translation?.language ?? "en";
}
