/** A server-sent event. */
export interface ServerEvent {
  id: string | null
  type: string
  data: string
}

/**
 * Takes a stream of server-sent events apart, however it is cut. It looks at each character once, so that an event of many megabytes in
 * many pieces costs no more than its length.
 */
export class EventSplitter {
  private rest = ''
  private searched = 0

  /** The events that are complete with this text. Comments are none. */
  take(text: string): ServerEvent[] {
    this.rest += text.includes('\r') ? text.replaceAll('\r', '') : text
    const events: ServerEvent[] = []
    let start = 0
    for (;;) {
      const end = this.rest.indexOf('\n\n', Math.max(start, this.searched - 1))
      if (end < 0) break
      const event = parse(this.rest.slice(start, end))
      if (event !== null) events.push(event)
      start = end + 2
    }

    if (start > 0) this.rest = this.rest.slice(start)
    this.searched = this.rest.length
    return events
  }
}

function parse(block: string): ServerEvent | null {
  let id: string | null = null
  let type = 'message'
  let data: string | null = null
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':')
    if (colon <= 0) continue
    const value = line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1)
    switch (line.slice(0, colon)) {
      case 'id':
        id = value
        break
      case 'event':
        type = value
        break
      case 'data':
        data = data === null ? value : `${data}\n${value}`
        break
    }
  }

  return data === null ? null : { id, type, data }
}
