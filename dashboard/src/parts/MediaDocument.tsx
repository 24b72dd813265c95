import { useEffect, useState } from 'preact/hooks'
import { ApiError, send } from '../api/http'
import type { Run } from '../api/types'
import { bytes } from '../format/number'
import { line, visible } from '../format/text'
import { Missing } from './Missing'

/** The most of a document that is shown as text. */
const shownText = 128 * 1024

type Shown = { kind: 'image' | 'audio' | 'video' | 'file'; address: string } | { kind: 'text'; text: string; address: string }

/** An answer that was no stream. Images and sound are shown as such, everything else as text or as a file: nothing of it is run. */
export function MediaDocument({ run, type, size }: { run: Run; type: string; size: number }) {
  const [shown, setShown] = useState<Shown | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const isReady = run.status === 'completed'
  useEffect(() => {
    if (!isReady) return
    const stop = new AbortController()
    const addresses: string[] = []
    void show(run.id, type, stop.signal, addresses)
      .then(setShown)
      .catch((failure: unknown) => {
        if (failure instanceof ApiError) setProblem(failure.message)
      })
    return () => {
      stop.abort()
      for (const address of addresses) URL.revokeObjectURL(address)
    }
  }, [run.id, type, isReady])

  if (problem !== null) return <Missing title="The document can not be read" tone="bad">{problem}</Missing>
  if (!isReady && run.status !== 'running' && run.status !== 'queued') return <Missing title="The run did not complete: its document is not served" />
  return (
    <div class="media">
      <p class="muted">
        <span class="tag">{line(type, 60)}</span> {bytes(size)}{' '}
        {shown && (
          <a href={shown.address} download={`${run.id}${extension(type)}`}>
            Download
          </a>
        )}
      </p>
      {shown?.kind === 'image' && <img src={shown.address} alt={`The image that run ${run.id} made`} />}
      {shown?.kind === 'audio' && <audio controls src={shown.address} />}
      {shown?.kind === 'video' && <video controls src={shown.address} />}
      {shown?.kind === 'text' && (
        <pre class="output" tabIndex={0} aria-label="Document">
          {shown.text}
        </pre>
      )}
    </div>
  )
}

async function show(id: string, type: string, signal: AbortSignal, addresses: string[]): Promise<Shown> {
  const response = await send(`/v1/runs/${id}/output`, { signal, headers: { Accept: '*/*' } })
  const blob = await response.blob()
  const keep = (part: Blob): string => {
    const address = URL.createObjectURL(part)
    addresses.push(address)
    return address
  }
  const kind = /^(image|audio|video)\//.exec(type)?.[1] as 'image' | 'audio' | 'video' | undefined
  if (kind) return { kind, address: keep(new Blob([blob], { type: bare(type) })) }
  // A file has no type of its own, so that the browser saves it and does not open it.
  const file = keep(new Blob([blob], { type: 'application/octet-stream' }))
  if (!/json|^text\/|xml/.test(type)) return { kind: 'file', address: file }
  const text = await blob.text()
  const media = /json/.test(type) ? embedded(text) : null
  if (media) return { kind: media.kind, address: keep(media.blob) }
  return { kind: 'text', text: visible(pretty(text).slice(0, shownText)), address: file }
}

/** Models of Workers AI give an image or sound as base64 in JSON. */
function embedded(text: string): { kind: 'image' | 'audio'; blob: Blob } | null {
  try {
    const json = JSON.parse(text) as { image?: unknown; audio?: unknown; result?: { image?: unknown; audio?: unknown } }
    const image = json.image ?? json.result?.image
    const audio = json.audio ?? json.result?.audio
    if (typeof image === 'string' && image.length > 64) return { kind: 'image', blob: decode(image, sniff(image)) }
    if (typeof audio === 'string' && audio.length > 64) return { kind: 'audio', blob: decode(audio, 'audio/mpeg') }
  } catch {
    // Not JSON, or not base64: it is shown as what it is.
  }
  return null
}

function decode(base64: string, type: string): Blob {
  const plain = atob(base64.slice(base64.startsWith('data:') ? base64.indexOf(',') + 1 : 0))
  return new Blob([Uint8Array.from(plain, (character) => character.charCodeAt(0))], { type })
}

function sniff(base64: string): string {
  return base64.startsWith('/9j/') ? 'image/jpeg' : base64.startsWith('UklGR') ? 'image/webp' : 'image/png'
}

function pretty(text: string): string {
  if (text.length > shownText) return text
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

function bare(type: string): string {
  return type.split(';')[0]!.trim()
}

function extension(type: string): string {
  const known: Record<string, string> = { 'image/png': '.png', 'image/jpeg': '.jpg', 'image/webp': '.webp', 'audio/mpeg': '.mp3', 'audio/wav': '.wav', 'application/json': '.json', 'text/plain': '.txt' }
  return known[bare(type)] ?? '.bin'
}
