import { useSyncExternalStore } from "react";
import type { Notifications } from "../effects/notifications.ts";
import type { Translate } from "../messages/messages.ts";
import styles from "../phone.module.css";

/** Offered only where IT gave a key for it; says who carries the message before the visitor agrees. */
export function NotificationsCard({ notifications, t }: { notifications: Notifications; t: Translate }) {
	const state = useSyncExternalStore(notifications.subscribe, notifications.read);
	if (state === "unavailable") return null;
	const isOn = state === "on";
	return (
		<section className={styles.card}>
			<p role="status">{t(isOn ? "notifyIsOn" : state === "failed" ? "notifyFailed" : "notifyHint")}</p>
			<p className={styles.hint}>{t("notifyPrivacy")}</p>
			<button
				type="button"
				className={styles.secondary}
				onClick={() => void (isOn ? notifications.turnOff() : notifications.turnOn())}
			>
				{t(isOn ? "notifyOff" : "notifyOn")}
			</button>
		</section>
	);
}
