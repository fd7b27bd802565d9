import { useSyncExternalStore } from "react";
import type { CallAlert } from "../effects/call-alert.ts";
import type { Translate } from "../messages/messages.ts";
import styles from "../phone.module.css";

/** A sound at the call needs one touch: browsers play nothing before. */
export function CallAlertCard({ alert, t }: { alert: CallAlert; t: Translate }) {
	const isOn = useSyncExternalStore(alert.subscribe, alert.isOn);
	return (
		<section className={styles.card}>
			<p role="status">{isOn ? t("alertIsOn") : t("alertHint")}</p>
			<button type="button" className={styles.secondary} onClick={isOn ? alert.turnOff : alert.turnOn}>
				{isOn ? t("alertOff") : t("alertOn")}
			</button>
		</section>
	);
}
