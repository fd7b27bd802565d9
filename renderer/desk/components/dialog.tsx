import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import styles from "./action-dialog.module.css";

interface DialogProps {
	title: string;
	/** Wider than usual, for text that the visitor reads. */
	wide?: boolean;
	onDismiss(): void;
	onKeyDown?(event: KeyboardEvent<HTMLDialogElement>): void;
	children: ReactNode;
}

/** A modal dialog. It has the keys to itself; Escape closes it. */
export function Dialog({ title, wide = false, onDismiss, onKeyDown, children }: DialogProps) {
	const dialog = useRef<HTMLDialogElement>(null);
	useEffect(() => {
		dialog.current?.showModal();
		// The browser would focus the first choice, and the arrow keys would start there.
		dialog.current?.querySelector<HTMLInputElement>("input:checked, [data-first]")?.focus();
	}, []);
	return (
		<dialog
			ref={dialog}
			className={styles.dialog}
			data-wide={wide}
			onClose={onDismiss}
			onKeyDown={(event) => {
				onKeyDown?.(event);
				// Enter submits wherever the focus is: on a select the browser would open the list instead.
				if (event.key !== "Enter" || !(event.target instanceof HTMLSelectElement)) return;
				event.preventDefault();
				event.target.form?.requestSubmit();
			}}
			aria-labelledby="dialog-title"
		>
			<h2 id="dialog-title">{title}</h2>
			{children}
		</dialog>
	);
}

interface DecisionProps {
	dismiss: string;
	decide: string;
	ready: boolean;
	onDismiss(): void;
}

export function Decision({ dismiss, decide, ready, onDismiss }: DecisionProps) {
	return (
		<div className={styles.decision}>
			<button type="button" onClick={onDismiss}>
				{dismiss}
			</button>
			<button type="submit" className={styles.decide} aria-disabled={!ready}>
				{decide}
			</button>
		</div>
	);
}
