import { NoSuchCall } from '../parts/Missing'

export function Overview() {
  return (
    <>
      <h1 class="page-title">Overview</h1>
      <NoSuchCall call="/v1/stats" />
    </>
  )
}
