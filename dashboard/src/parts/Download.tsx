/** Saves as a file what is here already. */
export function Download({ text, name, label }: { text: () => string; name: string; label: string }) {
  const save = () => {
    const address = URL.createObjectURL(new Blob([text()], { type: 'text/plain' }))
    const link = document.createElement('a')
    link.href = address
    link.download = name
    link.click()
    setTimeout(() => URL.revokeObjectURL(address), 10_000)
  }
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={save}>
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
        <path d="M8 2v8M4.8 7 8 10.2 11.2 7M2.5 13.5h11" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round" />
      </svg>
    </button>
  )
}
