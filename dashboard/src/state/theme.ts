import { effect, signal } from '@preact/signals'

export type Theme = 'system' | 'light' | 'dark'

const key = 'orchestrator-theme'

function stored(): Theme {
  try {
    const theme = localStorage.getItem(key)
    return theme === 'light' || theme === 'dark' ? theme : 'system'
  } catch {
    return 'system'
  }
}

export const theme = signal<Theme>(stored())

const system = matchMedia('(prefers-color-scheme: dark)')

/** Counts up when the colours change, for what is drawn on a canvas. */
export const colours = signal(0)

system.addEventListener('change', () => colours.value++)

effect(() => {
  const chosen = theme.value
  if (chosen === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = chosen
  try {
    if (chosen === 'system') localStorage.removeItem(key)
    else localStorage.setItem(key, chosen)
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  colours.value = colours.peek() + 1
})
