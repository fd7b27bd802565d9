import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import styles from "./action-dialog.module.css";

interface DialogProps {
	title: string;
	/** Beyond the usual width: what is read from the visitor's side. */
	wide?: boolean;
	onDismiss(): void;
	onKeyDown?(event: KeyboardEvent<HTMLDialogElement>): void;
	children: ReactNode;
}

/** A question over the screen, with the keys to itself. Escape goes back. */
export function Dialog({ title, wide = false, onDismiss, onKeyDown, children }: DialogProps) {
	const dialog = useRef<HTMLDialogElement>(null);
	useEffect(() => {
		dialog.current?.showModal();
		// By itself the focus would be on the first choice, and the arrow keys would begin there.
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
				// Enter decides wherever the focus is: on a list the browser would open it instead.
				if (event.key !== "Enter" || !(event.target instanceof HTMLSelectElement)) return;
				event.preventDefault();
				event.target.form?.requestSubmit();
			}}
			aria-labelledby="asked"
		>
			<h2 id="asked">{title}</h2>
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
