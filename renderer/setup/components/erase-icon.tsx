/** An arrow back, drawn: our fonts have no sign of it. The button has its name from its label. */
export function EraseSign() {
	return (
		<svg
			aria-hidden="true"
			width="1em"
			height="1em"
			viewBox="0 0 24 24"
			fill="none"
			stroke="currentColor"
			strokeWidth="2"
		>
			<path d="m12 19-7-7 7-7M19 12H5" strokeLinecap="round" strokeLinejoin="round" />
		</svg>
	);
}
