import { useState } from "react";
import type { OtherSite } from "../../../protocol/api/board.ts";
import { formatHours } from "../messages/format-opening.ts";
import type { StateAt } from "../state/state.ts";
import { useKioskContext, useMessages } from "./context.ts";
import styles from "./directions-slip-button.module.css";
import { Icon } from "./icon.tsx";

/**
 * Prints directions to another site, for the visitor and for a driver. Pressed again after a lost response it prints no
 * second slip: every request has the same key.
 */
export function DirectionsSlipButton({ site, state }: { site: OtherSite; state: StateAt<"unavailable"> }) {
	const { printDirections } = useKioskContext();
	const { t } = useMessages();
	const [key] = useState(() => crypto.randomUUID());
	const [slip, setSlip] = useState<"print" | "printing" | "printed" | "failed">("print");
	const print = () => {
		if (slip === "printing" || slip === "printed") return;
		setSlip("printing");
		const { topic, language } = state;
		printDirections({ topic, language, site: site.id, hours: formatHours(t, site, language, Date.now()), key }).then(
			(answer) => setSlip(answer.kind === "ok" ? "printed" : "failed"),
		);
	};
	return (
		<button type="button" className={styles.slip} data-slip={slip} onClick={print}>
			<Icon name={slip === "printed" ? "check" : slip === "failed" ? "printer-x" : "printer"} />
			<span aria-live="polite">{t(`directions.${slip}`)}</span>
		</button>
	);
}
