import { ACT_KEYS, type DeskAct, TICKET_ACTS, type TicketAct } from "./acts.ts";
import styles from "./more-acts.module.css";
import type { Words } from "./words.ts";

interface TicketActButtonsProps {
	offered: readonly (TicketAct | "outcome")[];
	busy: DeskAct | null;
	words: Words;
	onAct(act: TicketAct | "outcome"): void;
}

/** The rarer acts, in one low row above the usual ones. */
export function TicketActButtons({ offered, busy, words, onAct }: TicketActButtonsProps) {
	return (
		<fieldset aria-label={words.say("moreActs")} className={styles.more}>
			{(["outcome", ...TICKET_ACTS] as const).map((act) => (
				<button
					key={act}
					type="button"
					aria-disabled={!offered.includes(act)}
					aria-busy={busy === act}
					aria-keyshortcuts={ACT_KEYS[act]}
					onMouseDown={(event) => event.preventDefault()}
					onClick={() => onAct(act)}
				>
					<span>{words.say(`act_${act}`)}</span>
					<span aria-hidden="true">
						<kbd>{ACT_KEYS[act]}</kbd>
					</span>
				</button>
			))}
		</fieldset>
	);
}
