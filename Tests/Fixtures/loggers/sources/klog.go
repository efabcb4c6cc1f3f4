// klog, as Kubernetes prints it.
package main

import (
	"errors"
	"flag"
	"os"

	"k8s.io/klog/v2"
)

func main() {
	flags := flag.NewFlagSet("", flag.ContinueOnError)
	klog.InitFlags(flags)
	flags.Parse([]string{"-logtostderr=true"})
	_ = os.Stderr
	klog.Info("Starting controller")
	klog.InfoS("Pod status updated", "pod", "kube-system/dns", "status", "ready")
	klog.Warning("nearly full")
	klog.ErrorS(errors.New("card declined"), "Payment failed", "request_id", "req-8f14e45f")
	klog.Fatal("no cart")
}
