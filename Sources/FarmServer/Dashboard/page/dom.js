// Views are values: h() describes elements, render() changes the page to match. What they say reaches the page as text nodes only.
import { clean } from './text.js'

const svgNamespace = 'http://www.w3.org/2000/svg'
const drawn = new WeakMap()

/** An element as a value. Children are values, texts, numbers, lists, real nodes, or nothing (null, undefined, false). */
export const h = (tag, props, ...children) => ({ tag, props: props ?? {}, children: flat(children) })

const flat = children => children.flat(Infinity).filter(child => child != null && child !== false && child !== '')

/** Makes the children of a node what they should be. Nodes that stay are kept, and with them focus, selection and scrolling. */
export function render(parent, ...children) {
    const next = flat(children)
    const rest = new Map()
    for (const old of drawn.get(parent) ?? []) {
        const name = nameOf(old.value)
        rest.has(name) ? rest.get(name).push(old) : rest.set(name, [old])
    }
    const now = next.map(value => {
        const old = rest.get(nameOf(value))?.shift()
        return { value, node: old ? update(old, value) : create(value, parent) }
    })
    for (const list of rest.values()) for (const { node } of list) node.remove()
    now.forEach(({ node }, index) => {
        if (parent.childNodes[index] !== node) parent.insertBefore(node, parent.childNodes[index] ?? null)
    })
    drawn.set(parent, now)
    return parent
}

const nodeNames = new WeakMap()

function nameOf(value) {
    if (value instanceof Node) {
        if (!nodeNames.has(value)) nodeNames.set(value, Symbol())
        return nodeNames.get(value)
    }
    return typeof value === 'object' ? `${value.tag} ${value.props.key ?? ''}` : ''
}

function create(value, parent) {
    if (value instanceof Node) return value
    if (typeof value !== 'object') return document.createTextNode(clean(value))
    const inSVG = value.tag === 'svg' || (parent.namespaceURI === svgNamespace && parent.localName !== 'foreignObject')
    const node = inSVG ? document.createElementNS(svgNamespace, value.tag) : document.createElement(value.tag)
    setAll(node, {}, value.props)
    render(node, value.children)
    if ('value' in value.props) node.value = value.props.value
    return node
}

function update({ value: old, node }, value) {
    if (value instanceof Node || old === value) return node
    if (typeof value !== 'object') {
        const text = clean(value)
        if (node.data !== text) node.data = text
        return node
    }
    setAll(node, old.props, value.props)
    render(node, value.children)
    return node
}

function setAll(node, old, props) {
    for (const name in old) if (!(name in props)) set(node, name, null, old[name])
    for (const name in props) if (props[name] !== old[name]) set(node, name, props[name], old[name])
}

function set(node, name, value, old) {
    if (name === 'key') return
    if (name.startsWith('on')) {
        if (old) node.removeEventListener(name.slice(2), old)
        if (value) node.addEventListener(name.slice(2), value)
    } else if (name === 'style') {
        for (const key in value) node.style.setProperty(key, value[key])
    } else if (name === 'value' || name === 'checked' || name === 'open') {
        if (node[name] !== value) node[name] = value
    } else if (value == null || value === false) {
        node.removeAttribute(name)
    } else if (name !== 'href' || /^(#|blob:|\/(?!\/))/.test(value)) {
        node.setAttribute(name, value === true ? '' : clean(value))
    }
}
