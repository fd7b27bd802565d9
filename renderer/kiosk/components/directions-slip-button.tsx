import { useState } from "react";
import type { OtherSite } from "../../../protocol/api/board.ts";
import { formatHours } from "../messages/format-opening.ts";
import type { Visit } from "../state/state.ts";
import { useKioskContext, useMessages } from "./context.ts";
import styles from "./directions-slip-button.module.css";
import { Icon } from "./icon.tsx";

/**
 * The way there on paper, for the visitor and for whoever drives. Pressed twice it prints once, also where the first
 * answer was lost on its way: both ask with the same key.
 */
export function DirectionsSlipButton({ site, visit }: { site: OtherSite; visit: Visit & { at: "unavailable" } }) {
	const { printDirections } = useKioskContext();
	const { t } = useMessages();
	const [key] = useState(() => crypto.randomUUID());
	const [slip, setSlip] = useState<"print" | "printing" | "printed" | "failed">("print");
	const print = () => {
		if (slip === "printing" || slip === "printed") return;
		setSlip("printing");
		const { topic, language } = visit;
		printDirections({ topic, language, site: site.id, hours: formatHours(t, site, language), key }).then((answer) =>
			setSlip(answer.kind === "ok" ? "printed" : "failed"),
		);
	};
	return (
		<button type="button" className={styles.slip} data-slip={slip} onClick={print}>
			<Icon name={slip === "printed" ? "check" : slip === "failed" ? "printer-x" : "printer"} />
			<span aria-live="polite">{t(`directions.${slip}`)}</span>
		</button>
	);
}
