// A cluster is several silos in this process: two clusters beside each other leave a small machine's pool no thread for seconds.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
