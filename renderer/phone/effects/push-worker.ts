import type { WebPushMessage } from "../../../protocol/model/web-push.ts";

/*
 * The service worker of the phone page: the browser wakes it when the station sends a message. It serves nothing from a
 * cache, so the page is always the station's own.
 */

declare global {
	interface Window {
		readonly registration: ServiceWorkerRegistration;
		readonly clients: {
			matchAll(of: { type: "window"; includeUncontrolled: true }): Promise<readonly OpenPage[]>;
			openWindow(address: string): Promise<unknown>;
		};
	}
	interface WindowEventMap {
		push: ExtendableEvent & { readonly data: { json(): WebPushMessage } | null };
		notificationclick: ExtendableEvent & { readonly notification: Notification };
	}
}

interface ExtendableEvent extends Event {
	waitUntil(work: Promise<unknown>): void;
}

interface OpenPage {
	readonly url: string;
	focus(): Promise<unknown>;
}

self.addEventListener("push", (event) => {
	if (event.data === null) return;
	const { title, body, language, code } = event.data.json();
	// The call takes the place of "you are next", and rings all the same.
	const options: NotificationOptions & { renotify: boolean } = {
		...{ body, lang: language, data: `/phone#${code}` },
		...{ tag: code, renotify: true },
	};
	event.waitUntil(self.registration.showNotification(title, options));
});

self.addEventListener("notificationclick", (event) => {
	event.notification.close();
	const address: unknown = event.notification.data;
	if (typeof address === "string") event.waitUntil(show(address));
});

/** The ticket's page, where it is still open; else a new one. */
async function show(address: string): Promise<void> {
	const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
	const open = pages.find(({ url }) => url.endsWith(address));
	await (open === undefined ? self.clients.openWindow(address) : open.focus());
}
