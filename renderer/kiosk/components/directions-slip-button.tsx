import { useState } from "react";
import type { OtherSite } from "../../../protocol/api/board.ts";
import { sayHours } from "../messages/format-opening.ts";
import type { Visit } from "../state/state.ts";
import { useParts, useWords } from "./context.ts";
import styles from "./directions-slip-button.module.css";
import { Icon } from "./icon.tsx";

/**
 * The way there on paper, for the visitor and for whoever drives. Pressed twice it prints once, also where the first
 * answer was lost on its way: both ask with the same key.
 */
export function SlipButton({ site, visit }: { site: OtherSite; visit: Visit & { at: "away" } }) {
	const { printSlip } = useParts();
	const { say } = useWords();
	const [key] = useState(() => crypto.randomUUID());
	const [slip, setSlip] = useState<"print" | "printing" | "printed" | "failed">("print");
	const print = () => {
		if (slip === "printing" || slip === "printed") return;
		setSlip("printing");
		const { topic, language } = visit;
		printSlip({ topic, language, site: site.id, hours: sayHours(say, site, language), key }).then(
			() => setSlip("printed"),
			() => setSlip("failed"),
		);
	};
	return (
		<button type="button" className={styles.slip} data-slip={slip} onClick={print}>
			<Icon name={slip === "printed" ? "check" : slip === "failed" ? "printer-x" : "printer"} />
			<span aria-live="polite">{say(`slip.${slip}`)}</span>
		</button>
	);
}
