import { type ReactNode, useEffect, useRef } from "react";
import styles from "../first-start.module.css";
import type { Translate } from "../messages/messages.ts";

interface StepFrameProps {
	t: Translate;
	heading: string;
	hint?: string;
	/** Why the last action was not done. */
	failure?: string | null;
	onBack?: (() => void) | undefined;
	/** The buttons that go on, the most likely one last. */
	actions?: ReactNode;
	/** Fills the width: a list, a keyboard. */
	isWide?: boolean;
	children: ReactNode;
}

/** One question: its heading, what there is to choose, and at the bottom the way back and on. */
export function StepFrame({ t, heading, hint, failure, onBack, actions, isWide, children }: StepFrameProps) {
	const title = useRef<HTMLHeadingElement>(null);
	// biome-ignore lint/correctness/useExhaustiveDependencies: another heading is another question, which is read aloud.
	useEffect(() => title.current?.focus(), [heading]);
	return (
		<main className={styles.step}>
			<div className={styles.question}>
				<h1 ref={title} tabIndex={-1}>
					{heading}
				</h1>
				{hint !== undefined && <p className={styles.hint}>{hint}</p>}
			</div>
			<div className={styles.answers} data-wide={isWide}>
				{children}
			</div>
			<p role="alert" className={styles.failure}>
				{failure}
			</p>
			<div className={styles.actions}>
				{onBack && (
					<button type="button" className={styles.back} onClick={onBack}>
						{t("back")}
					</button>
				)}
				<span className={styles.spring} />
				{actions}
			</div>
		</main>
	);
}
