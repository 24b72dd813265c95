import { NoSuchCall } from '../parts/Missing'

export function System() {
  return (
    <>
      <h1 class="page-title">System</h1>
      <NoSuchCall call="/v1/system" />
    </>
  )
}
