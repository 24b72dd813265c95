import { render } from 'preact'
import './styles/base.css'
import './styles/shell.css'
import './styles/runs.css'
import './styles/run.css'
import './styles/overview.css'
import { App } from './App'

render(<App />, document.getElementById('app')!)
