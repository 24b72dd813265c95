import { signal } from '@preact/signals'

/** The time, once a second, for what tells how long something takes. */
export const now = signal(Date.now())

setInterval(() => {
  if (!document.hidden) now.value = Date.now()
}, 1000)

document.addEventListener('visibilitychange', () => {
  if (!document.hidden) now.value = Date.now()
})
