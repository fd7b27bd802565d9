import { type ReactNode, useEffect, useRef } from "react";
import styles from "./dialog.module.css";

/** The browser's modal dialog, open while mounted. Escape calls `onCancel`. */
export function Dialog({ label, onCancel, children }: { label: string; onCancel(): void; children: ReactNode }) {
	const dialog = useRef<HTMLDialogElement>(null);
	useEffect(() => {
		const element = dialog.current;
		element?.showModal();
		return () => element?.close();
	}, []);
	return (
		<dialog
			ref={dialog}
			className={styles.dialog}
			aria-label={label}
			onCancel={(event) => {
				event.preventDefault();
				onCancel();
			}}
		>
			{children}
		</dialog>
	);
}
