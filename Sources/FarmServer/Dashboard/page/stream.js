// The farm's events as they happen. EventSource cannot send a key, so the stream is read by fetch.
import { key, request } from './api.js'

const silence = 40_000
const longestPause = 30_000

/** Reads events until the page closes, and connects again after a pause that grows.
 *  tell: {events(list), status('live' | 'connecting' | 'offline', milliseconds until the next try)} */
export class Stream {
    constructor(tell) {
        this.tell = tell
        this.failures = 0
        this.waiting = []
        addEventListener('online', () => this.restart())
        addEventListener('offline', () => this.stop('offline'))
    }

    /** Connects now, for instance with another key. */
    restart() {
        this.failures = 0
        this.stop('connecting')
        this.run()
    }

    stop(status) {
        clearTimeout(this.retry)
        clearTimeout(this.guard)
        this.control?.abort()
        this.tell.status(status)
    }

    async run() {
        const control = (this.control = new AbortController())
        try {
            const headers = { Accept: 'text/event-stream' }
            if (this.last) headers['Last-Event-ID'] = this.last
            const answer = await request('/events', { headers, signal: control.signal, cache: 'no-store' })
            this.failures = 0
            this.tell.status('live')
            await this.read(answer.body.pipeThrough(new TextDecoderStream()).getReader())
        } catch (error) {
            if (control.signal.aborted && control === this.control && error.name === 'AbortError' && !this.isSilent) return
            if (error.status === 401 || error.status === 403) return this.tell.status(key() ? 'refused' : 'locked')
        }
        if (control === this.control) this.pause()
    }

    pause() {
        this.isSilent = false
        const wait = Math.min(longestPause, 500 * 2 ** this.failures++) * (0.75 + Math.random() / 2)
        this.tell.status('offline', Date.now() + wait)
        this.retry = setTimeout(() => this.run(), wait)
    }

    async read(reader) {
        let text = ''
        for (;;) {
            this.watch()
            const { done, value } = await reader.read()
            if (done) return
            text += value
            const messages = text.split('\n\n')
            text = messages.pop()
            for (const message of messages) this.take(message)
        }
    }

    /** The server says something every 15 seconds: a line that is silent for long is dead, whatever the system says. */
    watch() {
        clearTimeout(this.guard)
        this.guard = setTimeout(() => {
            this.isSilent = true
            this.control.abort()
        }, silence)
    }

    take(message) {
        let data = ''
        for (const line of message.split('\n')) {
            if (line.startsWith('id: ')) this.last = line.slice(4)
            if (line.startsWith('data: ')) data += line.slice(6)
        }
        if (!data) return
        const event = JSON.parse(data)
        if (event.kind !== 'event') return
        this.waiting.push(event)
        if (this.waiting.length === 1) {
            setTimeout(() => this.tell.events(this.waiting.splice(0)), 60)
        }
    }
}
