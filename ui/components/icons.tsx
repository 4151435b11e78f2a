/* Material icons, (c) Google LLC, Apache-2.0. Changed: shapes copied into components. */
interface IconProps {
  /** Read aloud; without it the icon is decoration. */
  title?: string;
  size?: "sm" | "lg";
  class?: string;
}
const icon =
  (d: string) =>
  ({ title, size, class: extra }: IconProps) => (
    <svg
      class={["icon", size, extra].filter(Boolean).join(" ")}
      viewBox="0 0 24 24"
      role={title ? "img" : undefined}
      aria-label={title}
      aria-hidden={title ? undefined : true}
    >
      <path d={d} />
    </svg>
  );

const DISC = "M12 2C6.48 2 2 6.48 2 12s4.48 10 10 10 10-4.48 10-10S17.52 2 12 2z";
export const DoneIcon = /*@__PURE__*/ icon(`${DISC}m-2 15l-5-5 1.41-1.41L10 14.17l7.59-7.59L19 8l-9 9z`);
export const ErrorIcon = /*@__PURE__*/ icon(`${DISC}m1 15h-2v-2h2v2zm0-4h-2V7h2v6z`);
export const InfoIcon = /*@__PURE__*/ icon(`${DISC}m1 15h-2v-6h2v6zm0-8h-2V7h2v2z`);
export const TodoIcon = /*@__PURE__*/ icon(`${DISC}m0 18c-4.42 0-8-3.58-8-8s3.58-8 8-8 8 3.58 8 8-3.58 8-8 8z`);
export const WarningIcon = /*@__PURE__*/ icon("M1 21h22L12 2 1 21zm12-3h-2v-2h2v2zm0-4h-2v-4h2v4z");
export const SearchIcon = /*@__PURE__*/ icon(
  "M15.5 14h-.79l-.28-.27C15.41 12.59 16 11.11 16 9.5 16 5.91 13.09 3 9.5 3S3 5.91 3 9.5 5.91 16 9.5 16c1.61 0 3.09-.59 4.23-1.57l.27.28v.79l5 4.99L20.49 19l-4.99-5zm-6 0C7.01 14 5 11.99 5 9.5S7.01 5 9.5 5 14 7.01 14 9.5 11.99 14 9.5 14z",
);
export const PreviousIcon = /*@__PURE__*/ icon("M15.41 7.41L14 6l-6 6 6 6 1.41-1.41L10.83 12z");
export const NextIcon = /*@__PURE__*/ icon("M10 6L8.59 7.41 13.17 12l-4.58 4.59L10 18l6-6z");
export const UpIcon = /*@__PURE__*/ icon("M4 12l1.41 1.41L11 7.83V20h2V7.83l5.58 5.59L20 12l-8-8-8 8z");
export const DownIcon = /*@__PURE__*/ icon("M20 12l-1.41-1.41L13 16.17V4h-2v12.17l-5.58-5.59L4 12l8 8 8-8z");
export const CloseIcon = /*@__PURE__*/ icon(
  "M19 6.41L17.59 5 12 10.59 6.41 5 5 6.41 10.59 12 5 17.59 6.41 19 12 13.41 17.59 19 19 17.59 13.41 12z",
);
export const OutIcon = /*@__PURE__*/ icon(
  "M19 19H5V5h7V3H5c-1.11 0-2 .9-2 2v14c0 1.1.89 2 2 2h14c1.1 0 2-.9 2-2v-7h-2v7zM14 3v2h3.59l-9.83 9.83 1.41 1.41L19 6.41V10h2V3h-7z",
);
export const LaterIcon = /*@__PURE__*/ icon(
  "M18 8h-1V6c0-2.76-2.24-5-5-5S7 3.24 7 6v2H6c-1.1 0-2 .9-2 2v10c0 1.1.9 2 2 2h12c1.1 0 2-.9 2-2V10c0-1.1-.9-2-2-2zm-6 9c-1.1 0-2-.9-2-2s.9-2 2-2 2 .9 2 2-.9 2-2 2zm3.1-9H8.9V6c0-1.71 1.39-3.1 3.1-3.1 1.71 0 3.1 1.39 3.1 3.1v2z",
);
