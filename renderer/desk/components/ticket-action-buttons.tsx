import type { Words } from "../messages/messages.ts";
import { ACT_KEYS, type DeskAct, type KeyedAct, TICKET_ACTS } from "../state/actions.ts";
import styles from "./action-dialog.module.css";

/** In the order of the two rows. */
const BUTTONS = ["outcome", ...TICKET_ACTS, "note", "phrases", "issue", "break"] as const satisfies readonly KeyedAct[];
type Button = (typeof BUTTONS)[number];

interface TicketActButtonsProps {
	offered: readonly Button[];
	/** The break's button ends it then. */
	paused: boolean;
	busy: DeskAct | null;
	words: Words;
	onAct(act: Button): void;
}

/** The rarer acts, in two low rows above the usual ones. */
export function TicketActButtons({ offered, paused, busy, words, onAct }: TicketActButtonsProps) {
	return (
		<fieldset aria-label={words.say("moreActs")} className={styles.more}>
			{BUTTONS.map((act) => (
				<button
					key={act}
					type="button"
					aria-disabled={!offered.includes(act)}
					aria-busy={busy === act || (act === "break" && busy === "resume")}
					aria-keyshortcuts={ACT_KEYS[act]}
					onMouseDown={(event) => event.preventDefault()}
					onClick={() => onAct(act)}
				>
					<span>{words.say(act === "break" && paused ? "act_resume" : `act_${act}`)}</span>
					<span aria-hidden="true">
						<kbd>{ACT_KEYS[act]}</kbd>
					</span>
				</button>
			))}
		</fieldset>
	);
}
